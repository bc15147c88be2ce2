//! What goes on over time: steps to take, an order's production line, a log, a running job.

use leptos::prelude::*;

use super::icon::Icon;
use super::words::{OptionalText, Tone};
use crate::text::texts;

/// How far a step or a stage is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stage {
    /// Not begun.
    #[default]
    Ahead,
    /// Under way, or next.
    Current,
    /// Done.
    Done,
    /// It waits for a person.
    Stopped,
    /// It went wrong.
    Failed,
}

impl Stage {
    /// The value of `data-state` of a step.
    pub(super) const fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Ahead => None,
            Self::Current | Self::Stopped => Some("current"),
            Self::Done => Some("done"),
            Self::Failed => Some("error"),
        }
    }
}

/// What has to be done, in order: onboarding, setting up an integration.
#[component]
pub fn Steps(
    /// [`Step`]s.
    children: Children,
) -> impl IntoView {
    view! { <ol class="steps">{children()}</ol> }
}

/// One thing to do.
#[component]
pub fn Step(
    /// Its number, counted from one.
    number: usize,
    /// What to do.
    #[prop(into)]
    title: String,
    /// Why, or how far it is.
    #[prop(optional, into)]
    text: OptionalText,
    /// How far it is.
    #[prop(optional)]
    stage: Stage,
    /// How much of it is done, out of how much.
    #[prop(optional)]
    progress: Option<(u32, u32)>,
    /// The button that does it, or words about what was done, with class `end`.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let mark = match stage {
        Stage::Done => view! { <Icon name="check" /> }.into_any(),
        Stage::Failed => view! { <Icon name="x" /> }.into_any(),
        Stage::Ahead | Stage::Current | Stage::Stopped => number.into_any(),
    };
    let done = (stage == Stage::Done)
        .then(|| view! { <span class="visually-hidden">{texts().get("ui-done")}</span> });
    view! {
        <li data-state=stage.attribute() aria-current={(stage == Stage::Current).then_some("step")}>
            <span class="step-mark" aria-hidden="true">{mark}</span>
            <h3>{title.clone()} {done}</h3>
            {text.into_option().map(|text| view! { <p>{text}</p> })}
            {progress.map(|(value, max)| view! { <progress value=value max=max aria-label=title></progress> })}
            {children.map(|children| view! { <div class="end text-xs muted">{children()}</div> })}
        </li>
    }
}

/// A station of an order on its way through production.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RunStage {
    /// The status' name.
    pub name: String,
    /// When it was or will be reached, in words.
    pub time: OptionalText,
    /// How far the order is there.
    pub stage: Stage,
}

/// The production line of one order.
#[component]
pub fn Run(
    /// The stations in order.
    stages: Vec<RunStage>,
) -> impl IntoView {
    let stations = stages.into_iter().map(|station| {
        let state = match station.stage {
            Stage::Ahead => None,
            Stage::Current => Some("current"),
            Stage::Done => Some("done"),
            Stage::Stopped => Some("stopped"),
            Stage::Failed => Some("failed"),
        };
        view! {
            <li data-state=state aria-current={(station.stage == Stage::Current).then_some("step")}>
                <b>{station.name}</b>
                {station.time.into_option().map(|time| view! { <span class="num">{time}</span> })}
            </li>
        }
    });
    view! { <ol class="run" aria-label=texts().get("ui-production")>{stations.collect_view()}</ol> }
}

/// What happened, newest first.
#[component]
pub fn Timeline(
    /// [`TimelineItem`]s.
    children: Children,
) -> impl IntoView {
    view! { <ol class="timeline">{children()}</ol> }
}

/// One thing that happened.
#[component]
pub fn TimelineItem(
    /// When, in words.
    #[prop(into)]
    time: String,
    /// When, for machines.
    #[prop(optional, into)]
    datetime: OptionalText,
    /// What kind of thing it was.
    #[prop(optional)]
    tone: Tone,
    /// A muted line below.
    #[prop(optional, into)]
    note: OptionalText,
    /// What happened, and who did it in bold.
    children: Children,
) -> impl IntoView {
    view! {
        <li data-tone=tone.attribute()>
            <time datetime=datetime.into_option()>{time}</time>
            <div>
                <span dir="auto">{children()}</span>
                {note.into_option().map(|note| view! { <small dir="auto">{note}</small> })}
            </div>
        </li>
    }
}

/// How much of something is done, as a bar.
#[component]
pub fn Progress(
    /// What is going on, for those who do not see the bar.
    #[prop(into)]
    label: String,
    /// How much is done; without it nobody knows yet.
    #[prop(optional)]
    value: Option<i64>,
    /// How much there is to do.
    #[prop(default = 100)]
    max: i64,
) -> impl IntoView {
    view! { <progress value=value max=max.max(1) aria-label=label></progress> }
}

/// Has scripts show the page anew once what goes on by itself is done; what it is, the page says.
#[component]
pub fn Awaited(
    /// Where that can be asked for: `/api/orders/<id>/progress`.
    #[prop(into)]
    endpoint: String,
) -> impl IntoView {
    view! { <div hidden data-progress=endpoint></div> }
}

/// A running job: words, a bar and its passes. Scripts keep it current; without them a link reloads the page.
#[component]
pub fn Live(
    /// What the job does.
    #[prop(into)]
    title: String,
    /// Whom it does it for.
    #[prop(optional, into)]
    subject: OptionalText,
    /// How far it is, in words.
    #[prop(into)]
    words: String,
    /// Where its progress can be asked for: `/api/jobs/<id>/progress`.
    #[prop(optional, into)]
    endpoint: OptionalText,
    /// How much is done out of how much; without it nobody knows yet.
    #[prop(default = None)]
    bar: Option<(i64, i64)>,
    /// The passes of the job and how far each is.
    #[prop(optional)]
    passes: Vec<(String, Stage)>,
    /// A `Platform` before the words.
    #[prop(optional)]
    picture: Option<AnyView>,
    /// A form that cancels it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let picture = picture.unwrap_or_else(|| view! { <Icon name="sync" /> }.into_any());
    let passes = (!passes.is_empty()).then(|| {
        let passes = passes.into_iter().map(|(name, stage)| {
            let state = match stage {
                Stage::Done => Some("done"),
                Stage::Current | Stage::Stopped | Stage::Failed => Some("current"),
                Stage::Ahead => None,
            };
            view! { <li data-state=state>{name}</li> }
        });
        view! { <ol class="passes">{passes.collect_view()}</ol> }
    });
    let (done, total) = bar.unzip();
    let endpoint = endpoint.into_option();
    let refresh = endpoint.is_some().then(|| {
        view! { <a href="" data-scriptless="">{texts().get("ui-refresh")}</a> }
    });
    view! {
        <div class="live" data-progress=endpoint>
            {picture}
            <div class="spread">
                <span>
                    <b dir="auto">{title.clone()}</b>
                    {subject
                        .into_option()
                        .map(|subject| view! { " " <span class="muted" dir="auto">{subject}</span> })}
                </span>
                <span class="num muted" role="status" data-progress-words="">{words}</span>
                {refresh}
            </div>
            <progress value=done max=total.map(|total| total.max(1)) aria-label=title></progress>
            {passes}
            {children.map(|children| view! { <div class="end">{children()}</div> })}
        </div>
    }
}
