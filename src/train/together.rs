//! Runs that see the same samples, side by side.

use super::Trainer;
use super::sgd::Sgd;

/// Makes up to `steps` steps of each run; of each as many, and the same to the last bit, as
/// [`Trainer::advance`] would.
///
/// Runs at the same step that draw the same batches (same target, seed and batch size under the same
/// protocol) draw each once; NT runs among them at the same weights, which differ in step size or
/// schedule, also multiply it by these weights once.
pub fn advance_together(trainers: &mut [&mut Trainer], steps: u64) {
    let mut groups: Vec<Vec<Member<'_>>> = Vec::new();
    for trainer in trainers.iter_mut() {
        if trainer.sgd().is_none() {
            trainer.advance(steps);
            continue;
        }
        match groups.iter_mut().find(|group| group[0].meets(trainer)) {
            Some(group) => {
                let kin = group
                    .iter()
                    .position(|one| one.trainer.shares_weights(trainer));
                let kin = kin.unwrap_or(group.len());
                group.push(Member { trainer, kin });
            }
            None => groups.push(vec![Member { trainer, kin: 0 }]),
        }
    }
    for group in &mut groups {
        let mut left = steps;
        while left > 0 && step(group) {
            left -= 1;
        }
    }
}

/// A run of a group.
struct Member<'a> {
    trainer: &'a mut Trainer,
    /// The first of the group with the same frozen weights: possibly itself.
    kin: usize,
}

impl Member<'_> {
    fn meets(&self, other: &Trainer) -> bool {
        let (own, other) = (self.trainer.sgd(), other.sgd());
        own.zip(other).is_some_and(|(own, other)| own.meets(other))
    }

    /// Its run, if that goes on.
    fn active(&self) -> Option<&Sgd<f32>> {
        self.trainer.sgd().filter(|run| !run.has_ended())
    }

    fn active_mut(&mut self) -> Option<&mut Sgd<f32>> {
        self.trainer.sgd_mut().filter(|run| !run.has_ended())
    }
}

/// One step of all that have not ended; false if all have.
fn step(group: &mut [Member<'_>]) -> bool {
    let Some(first) = group.iter().position(|member| member.active().is_some()) else {
        return false;
    };
    let (leader, others) = group[first..].split_at_mut(1);
    if let Some(run) = leader[0].active_mut() {
        run.draw();
        run.predict(None, None);
    }
    let batch = leader[0].active().map(|run| &run.batch);
    for index in 0..others.len() {
        let (before, rest) = others.split_at_mut(index);
        let kin = rest[0].kin;
        if let Some(run) = rest[0].active_mut() {
            let mut earlier = leader.iter().chain(&*before).filter(|one| one.kin == kin);
            let model = earlier.find_map(Member::active).map(|run| &*run.model);
            run.predict(batch, model);
        }
    }
    for member in others {
        if let Some(run) = member.active_mut() {
            run.learn(batch);
        }
    }
    if let Some(run) = leader[0].active_mut() {
        run.learn(None);
    }
    true
}
