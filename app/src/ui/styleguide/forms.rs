//! Fields, choices, passwords, a refused form, a confirmation.

use leptos::prelude::*;

use crate::ui::{
    Button, Card, CardBody, CardFoot, CardHead, CheckField, CheckGroup, Choice, Dialog, DialogFoot, Fields,
    FileField, Form, FormActions, FormState, PasswordField, RadioGroup, Rules, SelectField, Size, Strength,
    SwitchField, TextArea, TextField, Toggle, Variant,
};

/// Lines, areas and selects in their states.
pub(super) fn fields() -> impl IntoView {
    let services = vec![
        Choice::new("dhl", "DHL Express"),
        Choice::new("ups", "UPS Standard"),
    ];
    view! {
        <Card>
            <CardHead title="Fields" />
            <CardBody form=true>
                <Fields>
                    <TextField name="sg-label" label="Label" value="Value" help="Help says what it is for." />
                    <TextField
                        name="sg-invalid"
                        label="Invalid"
                        value="levantepress"
                        error="Add the domain, such as levantepress.es"
                    />
                    <TextField name="sg-disabled" label="Disabled" value="Not now" disabled=true />
                    <TextField
                        name="sg-readonly"
                        label="Read-only by role"
                        value="Only Admin can change this"
                        readonly=true
                    />
                    <TextField name="sg-affix" label="Affix" value="tienda.es" prefix="https://" />
                    <SelectField name="sg-select" label="Select" choices=services />
                    <TextArea name="sg-area" label="Description" value="Two lines\nof text" optional=true />
                </Fields>
            </CardBody>
        </Card>
    }
}

/// Boxes, options, switches and files.
pub(super) fn choices() -> impl IntoView {
    let stores = vec![Choice::new("etsy", "Etsy"), Choice::new("shopify", "Shopify")];
    let roles = vec![
        Choice::new("admin", "Admin").note("Everything but users"),
        Choice::new("view", "View only").note("Looks, changes nothing"),
    ];
    view! {
        <Card>
            <CardHead title="Choices" />
            <CardBody form=true>
                <CheckField name="sg-check" label="Checkbox" note="A line that explains it" checked=true />
                <RadioGroup name="sg-role" label="Role" choices=roles value="admin" boxed=true />
                <CheckGroup name="sg-stores" label="Stores" choices=stores values=vec!["etsy".to_owned()] />
                <SwitchField name="sg-switch" label="Switch" note="Waits for the form to be sent" checked=true />
                <div class="spread">
                    <span>"A switch that acts at once"</span>
                    <Toggle name="sg-toggle" label="Acts at once" on=true />
                </div>
                <FileField
                    name="sg-file"
                    label="Orders"
                    accept=".csv,text/csv"
                    note="CSV, up to 10 MB"
                    error="This file is a PDF. Choose a CSV file."
                />
            </CardBody>
        </Card>
    }
}

/// A password to choose.
pub(super) fn passwords() -> impl IntoView {
    let rules = vec![
        ("12 characters or more".to_owned(), Some(true)),
        ("Not your name or email".to_owned(), Some(true)),
        ("Not a leaked password".to_owned(), None),
    ];
    view! {
        <Card>
            <CardHead title="Password" />
            <CardBody form=true>
                <PasswordField name="sg-password" label="Password" autocomplete="new-password">
                    <Strength score=3 word="Good" advice="One more word makes it excellent" />
                    <Rules rules />
                </PasswordField>
                <PasswordField
                    name="sg-token"
                    label="API token"
                    autocomplete="off"
                    optional=true
                    placeholder="•••• 9f3c"
                    help="Leave empty to keep the one that ends in 9f3c."
                />
            </CardBody>
        </Card>
    }
}

/// A form that came back.
pub(super) fn refused() -> impl IntoView {
    let typed = vec![
        ("name".to_owned(), String::new()),
        ("email".to_owned(), "marta@".to_owned()),
    ];
    let problems = vec![
        ("name".to_owned(), "Write a name.".to_owned()),
        (
            "email".to_owned(),
            "Write the whole address, such as ana@example.es.".to_owned(),
        ),
    ];
    view! {
        <Card>
            <CardHead title="A refused form" note="Nothing typed is lost; the summary leads to the fields." />
            <Form action="#" id="refused" state=FormState::refused(typed, problems)>
                <CardBody form=true>
                    <TextField name="name" label="Name" />
                    <TextField name="email" kind="email" label="Email" autocomplete="email" />
                </CardBody>
                <CardFoot>
                    <FormActions>
                        <Button variant=Variant::Primary>"Create customer"</Button>
                    </FormActions>
                </CardFoot>
            </Form>
        </Card>
    }
}

/// A confirmation of what cannot be undone.
pub(super) fn confirmation() -> impl IntoView {
    view! {
        <Dialog
            id="confirmation"
            title="Revoke access?"
            note="Estudio Garabato’s 4 users are logged out at once."
            size=Size::Small
        >
            <Form action="#" id="revoke">
                <div class="body">"Orders in production go on. You can invite them again."</div>
                <DialogFoot id="confirmation">
                    <Button variant=Variant::DangerFill>"Revoke access"</Button>
                </DialogFoot>
            </Form>
        </Dialog>
    }
}
