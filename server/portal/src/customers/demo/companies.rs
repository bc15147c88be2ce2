//! The companies of the demonstration.

use domain::{InvitationState, Language};

/// Name, reference ID, description, and the client admin.
pub(super) type Company = (&'static str, &'static str, &'static str, Option<Admin>);

/// First name, last name, address, language, how far the invitation has come, and how many days ago it was sent.
pub(super) type Admin = (
    &'static str,
    &'static str,
    &'static str,
    Language,
    InvitationState,
    u64,
);

/// The companies.
pub(super) const COMPANIES: [Company; 14] = {
    use InvitationState as State;
    use Language::{En, Es};
    [
        (
            "Estudio Garabato",
            "EG-0042",
            "Illustration shop: prints, mugs, cards. Ships worldwide, plastic-free packaging only.",
            Some((
                "Lucía",
                "Ferrer",
                "lucia@estudiogarabato.example",
                Es,
                State::Active,
                200,
            )),
        ),
        (
            "Bodegas Montesol",
            "BM-0107",
            "Etiquetas de vino y cajas de regalo",
            Some((
                "Andrés",
                "Montesol",
                "andres@bodegasmontesol.example",
                Es,
                State::Active,
                180,
            )),
        ),
        (
            "Hartwell & Stone Estate Agents",
            "HS-2210",
            "Branch stationery, for-sale boards",
            Some((
                "Judith",
                "Hartwell",
                "judith@hartwellstone.example",
                En,
                State::Active,
                150,
            )),
        ),
        (
            "Nordlys Hotels",
            "NL-0031",
            "Group print portal, 38 properties",
            None,
        ),
        (
            "Clínica Dental Ruzafa",
            "CR-0188",
            "Tarjetas de cita, dos clínicas. Las facturas van a la dirección de Ruzafa.",
            Some((
                "Amparo",
                "Llorens",
                "amparo.llorens@clinicaruzafa.example",
                Es,
                State::InvitationSent,
                2,
            )),
        ),
        (
            "Federación de Asociaciones de Comerciantes y Artesanos del Mediterráneo",
            "FACAM-VLC-2026-000917",
            "Campañas de los socios, presupuesto compartido",
            Some((
                "Vicent",
                "Peris",
                "secretaria@facam.example",
                Es,
                State::InvitationSent,
                10,
            )),
        ),
        (
            "Librería El Faro",
            "LF-0064",
            "Marcapáginas, bolsas de tela, cuadernos",
            Some((
                "Elena",
                "Robles",
                "hola@libreriaelfaro.example",
                Es,
                State::Active,
                120,
            )),
        ),
        (
            "Kaffehaus Lindner",
            "KL-0203",
            "Menus and coasters",
            Some((
                "Jonas",
                "Lindner",
                "jonas@kaffehaus-lindner.example",
                En,
                State::Active,
                90,
            )),
        ),
        (
            "Aula Magna Formación",
            "AM-0150",
            "Libros de curso, tiradas cortas",
            Some((
                "Nuria",
                "Segarra",
                "nuria@aulamagna.example",
                Es,
                State::InvitationSent,
                1,
            )),
        ),
        (
            "Velódromo Cycling Club",
            "VC-0171",
            "Race numbers and posters",
            Some(("Maya", "O'Neill", "maya@velodromo.example", En, State::Active, 60)),
        ),
        (
            "Teixits Olivares",
            "TO-0093",
            "",
            Some((
                "Xavier",
                "Olivares",
                "xavier@teixitsolivares.example",
                Es,
                State::Revoked,
                75,
            )),
        ),
        (
            "Papelería Sant Jordi",
            "",
            "Cliente de mostrador, recoge en tienda",
            None,
        ),
        (
            "Museu del Paper",
            "MP-0012",
            "Carteles de exposiciones",
            Some((
                "Carme",
                "Vidal",
                "carme@museudelpaper.example",
                Es,
                State::Active,
                45,
            )),
        ),
        (
            "دار الطباعة الشرقية",
            "DS-0301",
            "Bilingual catalogues, Arabic and Spanish",
            Some((
                "Samir",
                "Haddad",
                "samir@daralsharq.example",
                En,
                State::DeliveryFailed,
                0,
            )),
        ),
    ]
};
