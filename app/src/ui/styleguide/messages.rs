//! Alerts, progress, sequences, empty states.

use leptos::prelude::*;

use crate::ui::{
    Alert, Button, ButtonLink, Card, CardBody, CardHead, Empty, Live, Platform, Progress, Run, RunStage,
    Size, Skeleton, Stage, Step, Steps, Timeline, TimelineItem, Toast, Tone, Variant, Wizard, WizardStep,
};

/// Alerts of every tone.
pub(super) fn alerts() -> impl IntoView {
    view! {
        <Card>
            <CardHead title="Alerts" />
            <CardBody>
                <Alert title="Sync starts at 14:15" text="Nothing to do." />
                <Alert tone=Tone::Success title="Store connected" text="96 products came in." />
                <Alert
                    tone=Tone::Warning
                    title="4 products have no design file"
                    text="Orders with them wait for you."
                >
                    <ButtonLink href="#" size=Size::Small>
                        "See products"
                    </ButtonLink>
                </Alert>
                <Alert
                    tone=Tone::Danger
                    title="We could not reach the store"
                    text="Check the URL, then try again."
                    items=vec!["garabato.example: no answer".to_owned()]
                />
                <Alert tone=Tone::Neutral title="You can only look" text="Ask an Admin to change roles." />
            </CardBody>
        </Card>
    }
}

/// What goes on, and what is still coming.
pub(super) fn loading() -> impl IntoView {
    let passes = vec![
        ("Fetch".to_owned(), Stage::Done),
        ("Map".to_owned(), Stage::Done),
        ("Download files".to_owned(), Stage::Current),
        ("Create".to_owned(), Stage::Ahead),
    ];
    view! {
        <Card>
            <CardHead title="Progress, loading" />
            <Live
                title="Nordlys Hotels"
                subject="Import orders"
                words="412 of 861 files, about 2 min left"
                bar=Some((412, 861))
                passes
                picture=view! { <Platform slug="infigo" /> }.into_any()
            >
                <Button size=Size::Small>"Cancel"</Button>
            </Live>
            <CardBody>
                <Progress label="Known" value=71 max=96 />
                <Progress label="Unknown" />
                <Skeleton />
                <Toast text="Order LP-48213 put on hold" still=true>
                    <Button size=Size::Small>"Undo"</Button>
                </Toast>
            </CardBody>
        </Card>
    }
}

/// Steps to take and a log of what happened.
pub(super) fn sequence() -> impl IntoView {
    view! {
        <Card>
            <CardHead title="Steps, timeline" count="1 of 4 steps" />
            <CardBody>
                <Steps>
                    <Step number=1 title="Connect a store" stage=Stage::Done>
                        "4 stores"
                    </Step>
                    <Step
                        number=2
                        title="Connect your products"
                        text="128 of 164 have a catalogue product"
                        stage=Stage::Current
                        progress=(128, 164)
                    >
                        <Button variant=Variant::Primary size=Size::Small>
                            "Connect 36"
                        </Button>
                    </Step>
                    <Step number=3 title="Send a test order" text="See that it arrives here" stage=Stage::Failed />
                    <Step number=4 title="Invite your team" />
                </Steps>
                <Timeline>
                    <TimelineItem time="14:01:24" tone=Tone::Danger note="Service unavailable. Retry 2 of 6 at 14:06.">
                        "Postback to Shopify failed again with 503"
                    </TimelineItem>
                    <TimelineItem time="13:58:02" tone=Tone::Press note="1 of 1 good, 0 waste">
                        <b>"Marta Soler"</b>
                        " printed line 2"
                    </TimelineItem>
                    <TimelineItem time="13:49:03" tone=Tone::Success>
                        "Artwork passed preflight"
                    </TimelineItem>
                    <TimelineItem time="13:48:31">"Received"</TimelineItem>
                </Timeline>
            </CardBody>
        </Card>
    }
}

/// The production line of one order.
pub(super) fn production_line() -> impl IntoView {
    let station = |name: &str, time: &str, stage| RunStage {
        name: name.to_owned(),
        time: time.into(),
        stage,
    };
    let stages = vec![
        station("Received", "13:48", Stage::Done),
        station("Passed", "13:48", Stage::Done),
        station("Created", "13:49", Stage::Done),
        station("In production", "since 13:52", Stage::Current),
        station("Printed", "", Stage::Ahead),
        station("Packaged", "", Stage::Ahead),
        station("Shipped", "by 18:00", Stage::Ahead),
        station("Delivered", "est. 24 Nov", Stage::Ahead),
    ];
    view! { <Run stages /> }
}

/// A set-up in steps.
pub(super) fn set_up() -> impl IntoView {
    view! {
        <Wizard>
            <WizardStep number=1 title="Base URL" note="https://nordlys.infigo.net" stage=Stage::Done group="sg-wizard">
                "Saved"
            </WizardStep>
            <WizardStep number=2 title="API token" stage=Stage::Current open=true group="sg-wizard">
                "A form of its own"
            </WizardStep>
            <WizardStep number=3 title="Carriers" note="Choose a default" group="sg-wizard">
                "Later"
            </WizardStep>
        </Wizard>
    }
}

/// Nothing yet.
pub(super) fn nothing() -> impl IntoView {
    view! {
        <Card>
            <CardHead title="Empty" />
            <Empty title="Nothing waits for review" text="Orders that need a person show up here.">
                <ButtonLink href="#">"See all orders"</ButtonLink>
            </Empty>
        </Card>
    }
}
