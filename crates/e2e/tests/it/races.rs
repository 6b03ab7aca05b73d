//! Several who want the same, and answers that are lost.

use e2e::{ALICE, BOB, Browser, ORGANIZER, story, until};

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn of_two_at_the_last_seat_one_gets_it_and_the_other_is_next() {
    story(async |stage| {
        let event = stage.api(ORGANIZER).await.publish("One seat", 1).await;
        let path = format!("/events/{event}");
        let (alice, bob) = (stage.browser_of(ALICE).await, stage.browser_of(BOB).await);
        for person in [&alice, &bob] {
            person.open(&path).await;
            person.see("1 of 1 seat available").await;
        }
        tokio::join!(alice.press("Book a seat"), bob.press("Book a seat"));
        // Whoever presses as the last seat goes may meet the button as it becomes the waitlist's, and presses that.
        let answer = async |person: &Browser| {
            until("an answer", async || {
                match (person.shows("You have a seat").await, person.shows("You’re next on").await) {
                    (false, false) => {
                        if person.shows("Join the waitlist").await {
                            person.press("Join the waitlist").await;
                        }
                        Err("there is none".to_owned())
                    }
                    (seated, _) => Ok(seated),
                }
            })
            .await
        };
        let (alice_won, _) = (answer(&alice).await, answer(&bob).await);
        let (winner, loser) = if alice_won { (&alice, &bob) } else { (&bob, &alice) };
        winner.see("You have a seat").await;
        loser.see("You’re next on the waitlist").await;
        assert!(!loser.shows("You have a seat").await);

        winner.press("Cancel my booking").await;
        winner.part("Cancel your booking?").press("Cancel my booking").await;
        winner.see("Your booking is cancelled.").await;
        loser.see("Good news: you’ve got a seat.").await;
        loser.see("You have a seat").await;
        winner.see("0 of 1 seat available").await;
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_lost_answer_is_asked_for_again_and_makes_one_place() {
    story(async |stage| {
        stage.expect("/register", "net::ERR_");
        let event = stage.api(ORGANIZER).await.publish("Bad reception", 5).await;
        let alice = stage.browser_of(ALICE).await;
        alice.open(&format!("/events/{event}")).await;
        // A browser repeats by itself what got no answer on a connection that it had used before.
        stage.wire.lose_answers("/register", 3);
        alice.press("Book a seat").await;
        alice.see("No answer came. Trying again").await;
        alice.see("You have a seat").await;
        alice.see("4 of 5 seats available").await;

        let asked = stage.wire.requests("POST /events/");
        assert!(asked.len() >= 4, "{asked:?}");
        assert!(asked[0].key.is_some(), "{asked:?}");
        assert!(asked.iter().all(|request| request.key == asked[0].key), "{asked:?}");
        let api = stage.api(ALICE).await;
        assert_eq!(api.places(&event).await.len(), 1);
        assert_eq!(api.event(&event).await["seats_remaining"], 4);
    })
    .await;
}

#[tokio::test]
#[ignore = "needs Chromium and ChromeDriver; .ci/run runs it"]
async fn a_reload_during_a_lost_answer_finds_the_place_that_was_made() {
    story(async |stage| {
        stage.expect("/register", "net::ERR_");
        let event = stage.api(ORGANIZER).await.publish("No reception", 5).await;
        let alice = stage.browser_of(ALICE).await;
        alice.open(&format!("/events/{event}")).await;
        stage.wire.lose_answers("/register", usize::MAX);
        alice.press("Book a seat").await;
        alice.see("No answer came.").await;
        alice.press("Stop trying").await;
        alice.see("Stopped.").await;
        alice.see("We don’t know yet whether your booking went through.").await;
        stage.wire.lose_answers("/register", 0);
        alice.reload().await;
        alice.see("You have a seat").await;
        assert_eq!(stage.api(ALICE).await.places(&event).await.len(), 1);
    })
    .await;
}
