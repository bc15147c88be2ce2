//! What a row of a file means for the catalogue.

use std::collections::HashMap;
use std::io::Read;

use domain::catalogue::CatalogueProduct;
use domain::csv_file::{CatalogueEntry, CatalogueRows, CsvError, RowProblem};
use domain::id::ProductId;
use domain::{FieldProblems, Problem, ProductName, ProductUid};

use crate::Outcome;
use crate::catalogue::definitions::{Definition, any_definitions};
use crate::storage::{AsConn, sql};

/// What a row means for the catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It adds a product.
    New,
    /// It changes these fields of a product, named as form controls are.
    Changed(Vec<&'static str>),
    /// It says what is there already.
    Unchanged,
    /// It is wrong.
    Refused(Vec<RowProblem>),
}

/// A row of a file, compared with the catalogue.
#[derive(Debug)]
pub(super) struct Compared {
    /// The line of the file where it starts.
    pub(super) line: u64,
    /// Names in English and Spanish, as they stand there.
    pub(super) names: [String; 2],
    /// What it says, and the product it speaks of; nothing when it is wrong.
    pub(super) entry: Option<(CatalogueEntry, Option<ProductId>)>,
    /// What it means.
    pub(super) verdict: Verdict,
}

/// The catalogue as it was when a file began to be compared with it.
#[derive(Debug)]
pub(super) struct Known {
    products: HashMap<ProductUid, Definition>,
    /// Which product has a variant with the UID, retired or not.
    owners: HashMap<String, ProductUid>,
}

impl Known {
    /// Reads the catalogue.
    pub(super) async fn read(conn: &mut impl AsConn) -> Outcome<Self> {
        let products = any_definitions(conn).await?;
        let owners: Vec<(String, ProductUid)> = sql(
            "SELECT v.uid, p.uid FROM catalogue_variants v JOIN catalogue_products p ON p.id = v.product_id",
        )
        .fetch_all(conn)
        .await?;
        Ok(Self {
            products: products
                .into_iter()
                .map(|definition| (definition.product.uid.clone(), definition))
                .collect(),
            owners: owners.into_iter().collect(),
        })
    }

    /// Compares the next row of a file; nothing at its end.
    pub(super) fn compare<R: Read>(
        &mut self,
        rows: &mut CatalogueRows<R>,
    ) -> Option<Result<Compared, CsvError>> {
        let (line, read) = match rows.next()? {
            Ok(row) => row,
            Err(error) => return Some(Err(error)),
        };
        let names = rows
            .names()
            .map(|name| name.chars().take(ProductName::MAX_LENGTH).collect());
        let judged = read.and_then(|entry| self.judge(rows, entry));
        Some(Ok(match judged {
            Ok((entry, product, verdict)) => Compared {
                line,
                names,
                entry: Some((entry, product)),
                verdict,
            },
            Err(problems) => Compared {
                line,
                names,
                entry: None,
                verdict: Verdict::Refused(problems),
            },
        }))
    }

    fn judge<R: Read>(
        &mut self,
        rows: &CatalogueRows<R>,
        mut entry: CatalogueEntry,
    ) -> Result<(CatalogueEntry, Option<ProductId>, Verdict), Vec<RowProblem>> {
        let at_row = |found: FieldProblems| -> Vec<RowProblem> {
            let problems = found.iter();
            problems
                .map(|(field, problem)| rows.problem_at(field, problem.clone()))
                .collect()
        };
        let known = self.products.get(&entry.product.uid);
        if let Some(known) = known {
            entry = keep_what_the_file_lacks(rows, entry, known).map_err(at_row)?;
        }
        let (product, verdict) = match known {
            None => (None, Verdict::New),
            Some(known) => {
                let changed = differences(known, &entry);
                let verdict = if changed.is_empty() {
                    Verdict::Unchanged
                } else {
                    Verdict::Changed(changed)
                };
                (Some(known.id), verdict)
            }
        };
        self.claim(&entry.product)
            .map_err(|problem| at_row(FieldProblems::of("uid", problem)))?;
        Ok((entry, product, verdict))
    }

    /// Notes the UIDs of a product's variants as taken, unless another product has one of them.
    fn claim(&mut self, product: &CatalogueProduct) -> Result<(), Problem> {
        let variants = product.variants()?;
        let taken = variants.iter().find(|variant| {
            self.owners
                .get(variant.uid.as_str())
                .is_some_and(|owner| *owner != product.uid)
        });
        if let Some(taken) = taken {
            return Err(Problem::new("product-uid-taken").with("uid", taken.uid.as_str()));
        }
        let claimed = variants
            .into_iter()
            .map(|variant| (variant.uid.into(), product.uid.clone()));
        self.owners.extend(claimed);
        Ok(())
    }
}

/// A file without a column says nothing about it: an existing product keeps what it has.
fn keep_what_the_file_lacks<R: Read>(
    rows: &CatalogueRows<R>,
    entry: CatalogueEntry,
    known: &Definition,
) -> Result<CatalogueEntry, FieldProblems> {
    let CatalogueEntry {
        mut product,
        mut archived,
    } = entry;
    if rows.lacks("options") {
        product.options.clone_from(&known.product.options);
    }
    if rows.lacks("print_areas") {
        product.print_areas.clone_from(&known.product.print_areas);
    }
    if rows.lacks("min_quantity") {
        product.min_quantity = known.product.min_quantity;
    }
    if rows.lacks("max_quantity") {
        product.max_quantity = known.product.max_quantity;
    }
    if rows.lacks("archived") {
        archived = known.archived;
    }
    Ok(CatalogueEntry {
        product: product.checked()?,
        archived,
    })
}

/// The fields in which a row differs from the product it speaks of.
fn differences(known: &Definition, entry: &CatalogueEntry) -> Vec<&'static str> {
    let (old, new) = (&known.product, &entry.product);
    [
        ("name_en", old.name_en != new.name_en),
        ("name_es", old.name_es != new.name_es),
        ("category", old.category != new.category),
        ("options", old.options != new.options),
        ("print_areas", old.print_areas != new.print_areas),
        ("min_quantity", old.min_quantity != new.min_quantity),
        ("max_quantity", old.max_quantity != new.max_quantity),
        ("archived", known.archived != entry.archived),
    ]
    .into_iter()
    .filter_map(|(field, differs)| differs.then_some(field))
    .collect()
}
