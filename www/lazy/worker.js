// A worker of the first paper's pool.

import * as glue from '../pkg/lazy/lazy_limits.js';
import { work } from '../worker.js';

work(glue);
