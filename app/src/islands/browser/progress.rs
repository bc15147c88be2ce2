//! Keeps running jobs current.

use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, Response};

use super::dom::{self, attribute, set, unset};

/// Time between two questions, at first and at the most, in milliseconds.
const SOONEST: i32 = 1_000;
const LATEST: i32 = 5_000;

pub(crate) fn start() {
    for job in dom::all::<Element>("[data-progress]") {
        spawn_local(follow(job));
    }
}

async fn follow(job: Element) {
    let endpoint = attribute(&job, "data-progress");
    let mut pause = SOONEST;
    // Words are read out, so they change no more often than every five seconds.
    let mut unread = 0;
    while job.is_connected() {
        dom::sleep(pause).await;
        if dom::document().hidden() {
            pause = LATEST;
            continue;
        }
        unread += pause;
        pause = (pause + SOONEST).min(LATEST);
        match ask(&endpoint).await {
            News::Progress(progress) => {
                show_bar(&job, &progress);
                if unread >= LATEST {
                    unread = 0;
                    show_words(&job, &progress);
                }
            }
            // What is being typed or sent would be lost.
            News::Finished if dom::find("dialog[open], form[data-typed], form[data-busy]").is_some() => {}
            News::Finished => {
                let _ = dom::window().location().reload();
                return;
            }
            News::Gone => return,
            News::None => pause = LATEST,
        }
    }
}

struct Progress {
    words: Option<String>,
    done: Option<f64>,
    total: Option<f64>,
}

enum News {
    Progress(Progress),
    Finished,
    /// The job is not this person's to see any more.
    Gone,
    /// The server could not be reached; it may be later.
    None,
}

/// `{"state", "words", "done", "total", "finished"}`
async fn ask(endpoint: &str) -> News {
    let Ok(response) = JsFuture::from(dom::window().fetch_with_str(endpoint)).await else {
        return News::None;
    };
    let response: Response = response.unchecked_into();
    if (400..500).contains(&response.status()) || response.redirected() {
        return News::Gone;
    }
    let Some(json) = dom::json(&response).await else {
        return News::None;
    };
    if dom::property(&json, "finished").is_truthy() {
        return News::Finished;
    }
    News::Progress(Progress {
        words: dom::property(&json, "words").as_string(),
        done: dom::property(&json, "done").as_f64(),
        total: dom::property(&json, "total").as_f64(),
    })
}

fn show_bar(job: &Element, progress: &Progress) {
    let Some(bar) = dom::find_in(job, "progress") else {
        return;
    };
    match (progress.done, progress.total.filter(|total| *total > 0.0)) {
        (Some(done), Some(total)) => {
            set(&bar, "max", &total.to_string());
            set(&bar, "value", &done.to_string());
        }
        _ => unset(&bar, "value"),
    }
}

fn show_words(job: &Element, progress: &Progress) {
    if let (Some(place), Some(words)) = (dom::find_in(job, "[data-progress-words]"), &progress.words) {
        place.set_text_content(Some(words));
    }
}
