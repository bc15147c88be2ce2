//! Statuses, buttons, chips, tags and keys.

use leptos::prelude::*;

use crate::ui::{
    Badge, Button, ButtonGroup, ButtonLink, Card, CardBody, CardHead, Chip, Chips, IconButton, Kbd, Menu,
    MenuButton, MenuLink, Monogram, PlainBadge, RemovableChip, Size, Tag, Tone, Variant,
};

/// Name of a set and, for each status, its slug, its English and its Spanish word.
type Set = (
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
);

const SETS: [Set; 5] = [
    (
        "Invitation",
        &[
            ("not-invited", "Not invited", "Sin invitar"),
            ("invitation-sent", "Invitation sent", "Invitación enviada"),
            ("active", "Active", "Activo"),
            ("expired", "Expired", "Caducada"),
            ("revoked", "Revoked", "Revocada"),
            ("delivery-failed", "Delivery failed", "Envío fallido"),
        ],
    ),
    (
        "Connection",
        &[
            ("connected", "Connected", "Conectada"),
            (
                "needs-reauthorisation",
                "Needs reauthorisation",
                "Requiere nueva autorización",
            ),
            ("needs-attention", "Needs attention", "Requiere atención"),
            ("paused", "Paused", "En pausa"),
            ("disconnected", "Disconnected", "Desconectada"),
        ],
    ),
    (
        "Mapping",
        &[
            ("connected", "Connected", "Conectado"),
            ("not-connected", "Not connected", "No conectado"),
            ("ignored", "Ignored", "Ignorado"),
        ],
    ),
    (
        "Order",
        &[
            ("draft", "Draft", "Borrador"),
            ("pending-approval", "Pending approval", "Pendiente de aprobación"),
            ("received", "Received", "Recibido"),
            ("passed", "Passed", "Validado"),
            ("created", "Created", "Creado"),
            ("in-production", "In production", "En producción"),
            ("printed", "Printed", "Impreso"),
            ("packaged", "Packaged", "Empaquetado"),
            ("shipped", "Shipped", "Enviado"),
            ("in-transit", "In transit", "En tránsito"),
            ("delivered", "Delivered", "Entregado"),
            ("on-hold", "On hold", "En espera"),
            ("not-connected", "Not connected", "No conectado"),
            ("failed", "Failed", "Con error"),
            ("returned", "Returned", "Devuelto"),
            ("cancelled", "Cancelled", "Cancelado"),
        ],
    ),
    (
        "Sync run",
        &[
            ("queued", "Queued", "En cola"),
            ("running", "Running", "En curso"),
            ("succeeded", "Succeeded", "Completada"),
            ("partly-failed", "Partly failed", "Con errores parciales"),
            ("failed", "Failed", "Con error"),
            ("cancelled", "Cancelled", "Cancelada"),
            ("dead", "Dead", "Agotada"),
        ],
    ),
];

/// The vocabulary of statuses in both languages.
pub(super) fn statuses() -> impl IntoView {
    let sets = SETS.map(|(name, statuses)| {
        let english = statuses
            .iter()
            .map(|(status, text, _)| view! { <Badge status=*status text=*text /> });
        let spanish = statuses
            .iter()
            .map(|(status, _, text)| view! { <Badge status=*status text=*text /> });
        view! {
            <div class="stack" data-gap="2">
                <h3>{name}</h3>
                <div class="cluster" lang="en">{english.collect_view()}</div>
                <div class="cluster" lang="es">{spanish.collect_view()}</div>
            </div>
        }
    });
    view! {
        <Card>
            <CardHead title="Status badges: the glyph is an ink gauge" />
            <CardBody>{sets.into_iter().collect_view()}</CardBody>
        </Card>
    }
}

/// Buttons in their states, and small marks.
pub(super) fn buttons() -> impl IntoView {
    view! {
        <Card>
            <CardHead title="Buttons" />
            <CardBody>
                <div class="cluster">
                    <Button variant=Variant::Primary>"Primary"</Button>
                    <Button>"Default"</Button>
                    <Button variant=Variant::Quiet>"Quiet"</Button>
                    <Button variant=Variant::Danger>"Danger"</Button>
                    <Button variant=Variant::DangerFill opens="confirmation">"Confirm danger"</Button>
                </div>
                <div class="cluster">
                    <Button disabled_reason="Connect a store first">"Disabled"</Button>
                    <Button variant=Variant::Primary busy=true>"Saving…"</Button>
                    <Button size=Size::Small>"Small"</Button>
                    <IconButton icon="more" label="More" menu="sample-menu" />
                    <ButtonGroup label="Period">
                        <ButtonLink href="#" current=true>"Day"</ButtonLink>
                        <ButtonLink href="#">"Week"</ButtonLink>
                    </ButtonGroup>
                    <ButtonLink href="#" icon="download">"Export CSV"</ButtonLink>
                </div>
                <Chips label="Sample chips">
                    <Chip href="#" text="Selected" count="12" current=true />
                    <Chip href="#" text="Chip" count="4" />
                    <RemovableChip href="#" text="Store: garabato.es" />
                </Chips>
                <div class="cluster">
                    <Tag icon="printer" text="Print" />
                    <Tag icon="package" text="Stock" />
                    <Kbd keys="Ctrl K" />
                    <Monogram name="Estudio Garabato" />
                    <PlainBadge text="Test" tone=Tone::Info />
                </div>
                <Menu id="sample-menu">
                    <MenuLink href="#" icon="eye" text="Open profile" />
                    <MenuLink href="#" icon="download" text="Export products" note="CSV with all products" />
                    <hr />
                    <MenuButton opens="confirmation" icon="slash" text="Revoke access…" tone=Tone::Danger />
                </Menu>
            </CardBody>
        </Card>
    }
}
