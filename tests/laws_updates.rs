//! No lost update: random histories against a model that keeps for every write what it had seen.

mod support;

use proptest::prelude::*;
use support::simulation::{Simulation, any_history};
use support::{canonical, config, view};

proptest! {
    #![proptest_config(config(3_000))]

    #[test]
    fn heads_are_exactly_the_writes_nobody_had_seen(history in any_history(50)) {
        let mut world = Simulation::new(4);
        world.run(&history);
        for site in 0..4 {
            world.check(site)?;
        }
    }

    #[test]
    fn all_who_saw_everything_hold_the_same_bytes_and_show_the_same(history in any_history(40)) {
        let mut world = Simulation::new(3);
        world.run(&history);
        world.settle();
        let (bytes, shown) = (canonical(&world.sites[0].replica), view(&world.sites[0].replica));
        for site in 0..3 {
            world.check(site)?;
            prop_assert_eq!(world.has[site].len(), world.writes.len(), "a write went nowhere");
            prop_assert_eq!(&canonical(&world.sites[site].replica), &bytes);
            prop_assert_eq!(&view(&world.sites[site].replica), &shown);
            prop_assert!(world.sites[site].replica.alarms().is_empty());
        }
    }
}
