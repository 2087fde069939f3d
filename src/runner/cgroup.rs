//! What is left of the memory of a control group, by which Linux limits containers and jobs.

use std::fs;
use std::path::Path;

/// Names of the files of the two versions: the limit, what is in use, and of that, what can be dropped.
const UNIFIED: [&str; 3] = ["memory.max", "memory.current", "inactive_file"];
const BY_CONTROLLER: [&str; 3] = [
    "memory.limit_in_bytes",
    "memory.usage_in_bytes",
    "total_inactive_file",
];

/// Bytes that are left to a process of that `/proc/…/cgroup`: the least of its group's and of those above it. `mount` is
/// where the groups are. None where none is limited.
pub(super) fn left(mount: &Path, groups: &str) -> Option<f64> {
    let each = groups.lines().filter_map(|line| {
        let (_, line) = line.split_once(':')?;
        let (controllers, path) = line.split_once(':')?;
        let (roots, names) = match controllers {
            "" => (vec![mount.to_owned(), mount.join("unified")], UNIFIED),
            _ if controllers.split(',').any(|name| name == "memory") => {
                (vec![mount.join("memory")], BY_CONTROLLER)
            }
            _ => return None,
        };
        let path = Path::new(path.trim_start_matches('/'));
        let lefts = roots.iter().flat_map(|root| {
            // A container may see the path that its group has outside, of which only the end is there.
            let above = path.ancestors().map(|above| root.join(above));
            above.filter_map(|group| left_of(&group, names))
        });
        lefts.min_by(f64::total_cmp)
    });
    each.min_by(f64::total_cmp)
}

fn left_of(group: &Path, [limit, usage, droppable]: [&str; 3]) -> Option<f64> {
    let number = |name: &str| -> Option<f64> {
        let text = fs::read_to_string(group.join(name)).ok()?;
        text.trim().parse().ok()
    };
    let stat = fs::read_to_string(group.join("memory.stat")).unwrap_or_default();
    let droppable = stat.lines().find_map(|line| {
        let (key, value) = line.split_once(' ')?;
        (key == droppable).then(|| value.trim().parse::<f64>().ok())?
    });
    let used = number(usage)? - droppable.unwrap_or_default();
    Some(number(limit)? - used.max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(mount: &Path, path: &str, files: &[(&str, &str)]) {
        let group = mount.join(path);
        fs::create_dir_all(&group).unwrap();
        for (name, text) in files {
            fs::write(group.join(name), text).unwrap();
        }
    }

    #[test]
    fn the_tightest_group_counts() {
        let name = format!("lazy-limits-cgroup-{}", std::process::id());
        let mount = &std::env::temp_dir().join(name);
        let files = |limit, usage| [("memory.max", limit), ("memory.current", usage)];
        group(mount, "job/step", &files("max\n", "50\n"));
        group(mount, "job", &files("1000\n", "300\n"));
        group(
            mount,
            "job",
            &[("memory.stat", "anon 1\ninactive_file 100\n")],
        );
        assert_eq!(left(mount, "3:cpu:/job\n0::/job/step\n"), Some(800.0));
        assert_eq!(left(mount, "0::/other\n"), None);
        assert_eq!(left(mount, "nonsense"), None);
        let files = [
            ("memory.limit_in_bytes", "700"),
            ("memory.usage_in_bytes", "100"),
        ];
        group(mount, "memory/old", &files);
        assert_eq!(left(mount, "4:cpu,memory:/old\n"), Some(600.0));
        fs::remove_dir_all(mount).unwrap();
    }
}
