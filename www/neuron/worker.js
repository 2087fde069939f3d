// A worker of the second paper's pool.

import * as glue from '../pkg/neuron/lazy_limits.js';
import { work } from '../worker.js';

work(glue);
