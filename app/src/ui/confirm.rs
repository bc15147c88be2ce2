//! What cannot be done by a slip: a card that says what follows, and a dialog that asks; and the way back.

use leptos::prelude::*;

use super::button::{Button, ButtonLink, Variant};
use super::card::{Card, CardBody, CardHead};
use super::dialog::{Dialog, DialogBody, DialogFoot};
use super::form::Form;
use super::message::Alert;
use super::words::{Size, Tone};

/// A card at the end of a page that does something grave after a confirmation: archives, keeps out.
#[component]
pub fn ConfirmCard(
    /// The `id` of its dialog.
    #[prop(into)]
    id: String,
    /// What is done; also the words of the button that does it.
    #[prop(into)]
    title: String,
    /// What follows from it.
    #[prop(into)]
    text: String,
    /// The words of the button that asks.
    #[prop(into)]
    ask: String,
    /// What the dialog asks: `Archive Estudio Garabato?`
    #[prop(into)]
    question: String,
    /// What follows at once, and whether it can be undone.
    #[prop(into)]
    confirm: String,
    /// The `id` of the form.
    #[prop(into)]
    form: String,
    /// Where the form posts to.
    action: &'static str,
    /// The name and the value by which it says what it is about.
    subject: (&'static str, String),
    /// The page with the dialog.
    href: String,
    /// Whether the server shows the dialog.
    open: bool,
    /// The page without the dialog.
    close_href: String,
) -> impl IntoView {
    let (name, value) = subject;
    let (submit, opens, dialog) = (title.clone(), id.clone(), id.clone());
    view! {
        <Card tone=Tone::Danger>
            <CardHead title />
            <CardBody>
                <div class="spread">
                    <p class="muted flow">{text}</p>
                    <ButtonLink href variant=Variant::Danger opens>
                        {ask}
                    </ButtonLink>
                </div>
            </CardBody>
        </Card>
        <Dialog id title=question size=Size::Small open close_href>
            <Form id=form action>
                <input type="hidden" name=name value=value />
                <DialogBody>
                    <p>{confirm}</p>
                </DialogBody>
                <DialogFoot id=dialog>
                    <Button variant=Variant::DangerFill>{submit}</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
}

/// Says that something was put away, with the button that takes it back at once.
#[component]
pub fn UndoNotice(
    /// What is so, and since when.
    #[prop(into)]
    title: String,
    /// What follows from it.
    #[prop(into)]
    text: String,
    /// The words of the button.
    #[prop(into)]
    undo: String,
    /// The `id` of the form.
    #[prop(into)]
    form: String,
    /// Where the form posts to.
    action: &'static str,
    /// The name and the value by which it says what it is about.
    subject: (&'static str, String),
) -> impl IntoView {
    let (name, value) = subject;
    view! {
        <Form id=form action>
            <input type="hidden" name=name value=value />
            <Alert tone=Tone::Neutral title text>
                <Button size=Size::Small>{undo}</Button>
            </Alert>
        </Form>
    }
}
