//! When a connection is cut off.

use super::*;

const PATIENCE: Patience = Patience {
    head: Duration::from_secs(10),
    quiet: Duration::from_secs(75),
    rate: 100,
    linger: Duration::ZERO,
    settle: Duration::ZERO,
};

fn left(activity: &Activity) -> u64 {
    (activity.deadline() - Instant::now()).as_secs()
}

fn activity(multiplexed: bool) -> Arc<Activity> {
    let activity = Activity::new(PATIENCE);
    activity.speaks(multiplexed);
    Arc::new(activity)
}

async fn pass(seconds: u64) {
    tokio::time::advance(Duration::from_secs(seconds)).await;
}

#[tokio::test(start_paused = true)]
async fn a_head_has_its_time_from_its_first_byte_however_many_more_come() {
    let activity = activity(false);
    assert_eq!(left(&activity), 10, "who connects has to ask");
    pass(4).await;
    activity.has_read();
    assert_eq!(left(&activity), 6);
    pass(4).await;
    activity.has_read();
    assert_eq!(left(&activity), 2);
}

#[tokio::test(start_paused = true)]
async fn a_request_under_way_is_not_hurried_and_a_slow_reader_is() {
    let activity = activity(false);
    let mut busy = activity.begin();
    pass(100).await;
    assert!(left(&activity) > 1000);
    busy.is_clients_turn(true);
    assert_eq!(left(&activity), 75, "the reply has to be read");
    pass(50).await;
    activity.has_written(1);
    assert_eq!(left(&activity), 75);
    busy.is_clients_turn(false);
    pass(100).await;
    assert!(left(&activity) > 1000, "its next piece is not there yet");
    activity.is_blocked();
    assert_eq!(left(&activity), 0, "the one before is not taken");
    activity.is_flushed();
    busy.is_clients_turn(true);
    assert_eq!(left(&activity), 75);
    drop(busy);
    pass(70).await;
    assert_eq!(left(&activity), 5, "nothing is asked");
    activity.has_read();
    assert_eq!(left(&activity), 10, "the next head has begun");
}

#[tokio::test(start_paused = true)]
async fn who_takes_too_little_of_what_waits_is_late_however_steadily_it_moves() {
    let activity = activity(false);
    let mut busy = activity.begin();
    busy.is_clients_turn(true);
    activity.is_blocked();
    pass(50).await;
    activity.has_written(1000);
    assert_eq!(left(&activity), 35);
    pass(30).await;
    activity.has_written(100);
    assert_eq!(left(&activity), 6);
    activity.is_flushed();
    assert_eq!(left(&activity), 75);
}

#[tokio::test(start_paused = true)]
async fn a_handshake_takes_nothing_of_the_time_of_the_first_head() {
    let activity = Activity::new(PATIENCE);
    pass(8).await;
    activity.has_read();
    activity.speaks(false);
    assert_eq!(left(&activity), 10);
}

#[tokio::test(start_paused = true)]
async fn on_a_multiplexed_connection_bytes_are_no_head_and_without_a_request_no_reason_to_stay() {
    let activity = activity(true);
    assert_eq!((left(&activity), activity.is_idle()), (10, false));
    pass(1).await;
    activity.has_read();
    assert_eq!((left(&activity), activity.is_idle()), (74, true));
    let mut busy = activity.begin();
    pass(20).await;
    busy.is_clients_turn(true);
    activity.has_written(1);
    assert_eq!((left(&activity), activity.is_idle()), (75, false));
    drop(busy);
    pass(10).await;
    activity.has_read();
    activity.has_written(1);
    assert_eq!((left(&activity), activity.is_idle()), (65, true));
}

#[tokio::test(start_paused = true)]
async fn on_a_multiplexed_connection_each_reply_has_to_be_read_whatever_else_moves() {
    let activity = activity(true);
    let mut stalled = activity.begin();
    stalled.is_clients_turn(true);
    let mut other = activity.begin();
    let _asking = activity.begin();
    pass(50).await;
    activity.has_read();
    activity.has_written(1);
    other.is_clients_turn(true);
    assert_eq!(left(&activity), 25);
    stalled.is_clients_turn(false);
    assert_eq!(left(&activity), 75, "the reply's next piece is not there yet");
    stalled.is_clients_turn(true);
    pass(10).await;
    drop(other);
    assert_eq!(left(&activity), 65);
    let piece = stalled.piece();
    drop(stalled);
    assert_eq!(left(&activity), 65, "its end is handed over and not sent");
    drop(piece);
    assert!(left(&activity) > 1000, "nothing of it is left to be read");
}
