//! Runs that see the same samples, side by side.

use super::Trainer;

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
    /// The same number as that of all who have the same frozen weights.
    kin: usize,
}

impl Member<'_> {
    fn meets(&self, other: &Trainer) -> bool {
        let (own, other) = (self.trainer.sgd(), other.sgd());
        own.zip(other).is_some_and(|(own, other)| own.meets(other))
    }

    fn goes_on(&self) -> bool {
        self.trainer.sgd().is_some_and(|run| !run.has_ended())
    }
}

/// One step of all that have not ended, one after the other, each while its weights are in the cache; false if all have.
fn step(group: &mut Vec<Member<'_>>) -> bool {
    group.retain(Member::goes_on);
    let Some((leader, others)) = group.split_first_mut() else {
        return false;
    };
    if let Some(run) = leader.trainer.sgd_mut() {
        run.advance();
    }
    let batch = leader.trainer.sgd().map(|run| &run.batch);
    for index in 0..others.len() {
        let (before, rest) = others.split_at_mut(index);
        let own = &mut rest[0];
        let mut earlier = std::iter::once(&*leader).chain(&*before);
        let kin = earlier.find(|one| one.kin == own.kin);
        let model = kin.and_then(|kin| Some(&*kin.trainer.sgd()?.model));
        if let Some(run) = own.trainer.sgd_mut() {
            run.follow(batch, model);
        }
    }
    true
}
