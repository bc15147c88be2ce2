//! Bringing a file of products.

use domain::Permission;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use portal::catalogue::import;

use super::history::history;
use super::{UPLOAD, page_of, way};
use crate::action::{Action, Done, Reply};
use crate::page::{Content, operator_page};
use crate::text::Text;
use crate::ui::*;

/// The columns a file may have, with the key of the sentence that explains each.
const COLUMNS: [(&str, &str); 9] = [
    ("productUid", "catalogue-column-uid"),
    ("nameEn", "catalogue-column-name-en"),
    ("nameEs", "catalogue-column-name-es"),
    ("category", "catalogue-column-category"),
    ("options", "catalogue-column-options"),
    ("printAreas", "catalogue-column-areas"),
    ("minQuantity", "catalogue-column-min"),
    ("maxQuantity", "catalogue-column-max"),
    ("archived", "catalogue-column-archived"),
];

/// The page.
#[component]
pub fn CatalogueFilePage() -> impl IntoView {
    operator_page(Permission::ManageCatalogue, |page| async move {
        let t = page.t;
        let title = t.get("catalogue-import-title");
        let history = history(&page).await?;
        let view = view! {
            <PageHead title=title.clone() lede=t.get("catalogue-import-lede") crumbs=way(t) />
            <div class="stack" data-gap="6">{form(t)} {history} {columns(t)}</div>
        };
        Ok(Content::new(title, view))
    })
}

fn form(t: Text) -> AnyView {
    view! {
        <Card>
            <CardHead title=t.get("catalogue-file-title") note=t.get("catalogue-file-note")>
                <ButtonLink
                    href=format!("{UPLOAD}/template.csv")
                    icon="download"
                    size=Size::Small
                    download=true
                >
                    {t.get("catalogue-template")}
                </ButtonLink>
            </CardHead>
            <Form id="catalogue-file" action=CheckCatalogueFile::PATH multipart=true>
                <CardBody form=true>
                    <FileField
                        name="csv"
                        label=t.get("catalogue-file")
                        accept=".csv,.txt,.tsv,text/csv,text/plain"
                        note=t.get("catalogue-file-limits")
                    />
                </CardBody>
                <CardFoot>
                    <Button variant=Variant::Primary icon="upload">{t.get("catalogue-file-check")}</Button>
                    <span class="muted">{t.get("catalogue-file-check-note")}</span>
                </CardFoot>
            </Form>
        </Card>
    }
    .into_any()
}

/// What each column holds.
fn columns(t: Text) -> AnyView {
    let rows: Vec<AnyView> = COLUMNS
        .into_iter()
        .map(|(name, key)| {
            let explained = t.get(key);
            view! {
                <Row>
                    <th scope="row" role="rowheader" class="lead">
                        <span class="mono">{name}</span>
                    </th>
                    <Cell>{explained}</Cell>
                </Row>
            }
            .into_any()
        })
        .collect();
    view! {
        <Card>
            <CardHead title=t.get("catalogue-columns-title") note=t.get("catalogue-columns-note") />
            <DataTable caption=t.get("catalogue-columns-title") compact=true>
                <TableHead>
                    <HeadCell text=t.get("catalogue-column") />
                    <HeadCell text=t.get("catalogue-column-holds") />
                </TableHead>
                <TableBody>{rows}</TableBody>
            </DataTable>
        </Card>
    }
    .into_any()
}

/// Takes the file and shows what it would change.
#[server(prefix = "/do", endpoint = "catalogue/check-file")]
pub async fn check_catalogue_file(
    /// The file; its id stands here once it has arrived.
    #[server(default)]
    csv: String,
) -> Result<Reply, ServerFnError> {
    let action = Action::begin()?;
    let outcome = async {
        let operator = action.operator()?;
        operator.require(Permission::ManageCatalogue)?;
        if !action.files_taken() {
            return action.with_refused_files(Ok(()));
        }
        let id = import::check(&action.portal, operator, csv.parse().ok()).await?;
        Ok(Done::to(page_of(id)))
    }
    .await;
    action.answer("catalogue-file", outcome).await
}
