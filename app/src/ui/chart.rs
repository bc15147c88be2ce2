//! Pictures of numbers: SVG, each with a sentence that says the same.

use std::fmt::Write as _;

use leptos::prelude::*;

use super::words::Tone;

/// One bar of a [`BarChart`].
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// How much.
    pub value: u32,
    /// What a pointer over the bar shows: `12 orders, 3 Nov`.
    pub title: String,
}

/// How much on each day, with the period before as a dashed line.
#[component]
pub fn BarChart(
    /// The bars, oldest first.
    bars: Vec<Bar>,
    /// As many values of the period before.
    #[prop(optional)]
    previous: Vec<u32>,
    /// The chart in one sentence.
    #[prop(into)]
    sentence: String,
    /// Words below the bars, from the first to the last.
    dates: Vec<String>,
) -> impl IntoView {
    let top = nice_top(
        bars.iter()
            .map(|bar| bar.value)
            .chain(previous.iter().copied())
            .max(),
    );
    let columns = bars.len();
    let shapes = bars.into_iter().enumerate().map(|(index, bar)| {
        view! {
            <rect class="bar" x=format!("{index}.2") y=top.saturating_sub(bar.value) width=".6" height=bar.value>
                <title>{bar.title}</title>
            </rect>
        }
    });
    let line = (!previous.is_empty()).then(|| {
        let points = previous
            .iter()
            .enumerate()
            .fold(String::new(), |mut points, (index, value)| {
                // Writing to a string cannot fail.
                let _ = write!(points, "{index}.5,{} ", top.saturating_sub(*value));
                points
            });
        view! { <polyline class="prev" points=points /> }
    });
    view! {
        <figure class="chart">
            <svg
                viewBox=format!("0 0 {columns} {top}")
                preserveAspectRatio="none"
                role="img"
                aria-label=sentence
            >
                {shapes.collect_view()}
                {line}
            </svg>
            <ol class="y" aria-hidden="true">
                <li>{top}</li>
                <li>{top / 2}</li>
                <li>0</li>
            </ol>
            <ol class="x" aria-hidden="true">
                {dates.into_iter().map(|date| view! { <li>{date}</li> }).collect_view()}
            </ol>
        </figure>
    }
}

/// The next even number of the form 2, 4, 10, 20, 40, 100 … that all bars fit under; its half is whole.
fn nice_top(highest: Option<u32>) -> u32 {
    let highest = highest.unwrap_or_default().max(1);
    let mut power = 1_u32;
    loop {
        for step in [2, 4, 10] {
            let top = power.saturating_mul(step);
            if top >= highest {
                return top;
            }
        }
        power = power.saturating_mul(10);
    }
}

/// A line through a figure's past; nothing for fewer than two values.
pub(super) fn spark(history: &[f64]) -> Option<AnyView> {
    const WIDTH: f64 = 120.0;
    const TOP: f64 = 2.0;
    const HEIGHT: f64 = 20.0;
    let steps = u32::try_from(history.len().checked_sub(1)?)
        .ok()
        .filter(|steps| *steps > 0)?;
    let lowest = history.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = history.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let range = (highest - lowest).max(f64::EPSILON);
    let mut points = String::new();
    for (index, value) in (0_u32..).zip(history) {
        let x = f64::from(index) * WIDTH / f64::from(steps);
        let y = TOP + (highest - value) / range * HEIGHT;
        // Writing to a string cannot fail.
        let _ = write!(points, "{x:.1},{y:.1} ");
    }
    Some(
        view! {
            <svg class="spark" viewBox="0 0 120 24" preserveAspectRatio="none" aria-hidden="true">
                <polyline points=points />
            </svg>
        }
        .into_any(),
    )
}

/// Parts of a whole, such as connected, not connected and ignored products.
#[component]
pub fn Coverage(
    /// The size of each part and what its colour means; `Neutral` is the part that is left.
    parts: Vec<(Tone, u32)>,
    /// The bar in one sentence.
    #[prop(into)]
    sentence: String,
) -> impl IntoView {
    let whole: u32 = parts.iter().map(|(_, size)| size).sum();
    let mut start = 0;
    let shapes = parts.into_iter().map(|(tone, size)| {
        let x = start;
        start += size;
        view! { <rect x=x y="0" width=size height="1" data-tone=tone.name() /> }
    });
    let shapes = shapes.collect_view();
    view! {
        <svg
            class="coverage"
            viewBox=format!("0 0 {} 1", whole.max(1))
            preserveAspectRatio="none"
            role="img"
            aria-label=sentence
        >
            {shapes}
        </svg>
    }
}

/// What the colours of a chart mean.
#[component]
pub fn Legend(
    /// Tone and name of each part; `Info` has the accent's colour.
    entries: Vec<(Tone, String)>,
) -> impl IntoView {
    let entries = entries.into_iter().map(|(tone, name)| {
        view! {
            <li>
                <i data-tone=tone.name()></i>
                {name}
            </li>
        }
    });
    view! { <ul class="legend">{entries.collect_view()}</ul> }
}

/// How a stretch of time went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// All went well.
    Well,
    /// Some of it failed.
    Partly,
    /// It failed.
    Failed,
    /// Nothing happened.
    Idle,
}

/// A day of syncs, one cell per stretch of time; height says what colour says.
#[component]
pub fn HealthStrip(
    /// How each stretch went, oldest first.
    cells: Vec<Health>,
    /// The strip in one sentence.
    #[prop(into)]
    sentence: String,
) -> impl IntoView {
    let cells = cells.into_iter().map(|health| {
        let state = match health {
            Health::Well => None,
            Health::Partly => Some("w"),
            Health::Failed => Some("f"),
            Health::Idle => Some("n"),
        };
        view! { <i data-s=state></i> }
    });
    view! { <div class="strip" role="img" aria-label=sentence>{cells.collect_view()}</div> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_is_as_high_as_the_next_round_number() {
        let tops = [None, Some(1), Some(3), Some(7), Some(19), Some(21), Some(400)].map(nice_top);
        assert_eq!(tops, [2, 2, 4, 10, 20, 40, 400]);
    }

    #[test]
    fn a_line_needs_two_points() {
        assert!(spark(&[1.0]).is_none());
        assert!(spark(&[1.0, 3.0, 2.0]).is_some());
    }
}
