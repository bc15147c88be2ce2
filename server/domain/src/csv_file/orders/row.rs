//! One row of an orders file.

use super::super::RowProblem;
use super::super::header::Header;
use super::super::records::Record;
use super::columns::{
    ADDRESS_LINE1, ADDRESS_LINE2, CITY, COLUMNS, COMPANY, COUNTRY, DESIGN, EMAIL, HEAD, NOTE, PHONE,
    POSTCODE, PRODUCT_UID, QUANTITY, RECIPIENT, REFERENCE, REGION, SHIPPING_METHOD, TITLE, column_of,
};
use super::template::EXAMPLE_REFERENCES;
use crate::order::{NewLine, OrderHead, OrderableProducts, RawAddress, RawLine, RawOrderHead};
use crate::text::is_blank;
use crate::{FieldProblems, Problem};

/// One row and the header that explains it.
#[derive(Clone, Copy)]
pub(super) struct Row<'a> {
    pub(super) header: &'a Header,
    pub(super) record: &'a Record,
}

impl<'a> Row<'a> {
    pub(super) fn reference(self) -> &'a str {
        self.cell(REFERENCE).trim()
    }

    /// Whether it is the example of the template, left where it was.
    pub(super) fn is_example(self) -> bool {
        EXAMPLE_REFERENCES.contains(&self.reference())
    }

    /// Whether it leaves the address and everything else an order says once to another row.
    pub(super) fn has_no_head(self) -> bool {
        HEAD.iter().all(|column| is_blank(self.cell(*column)))
    }

    /// What it says of its order as a whole.
    pub(super) fn head_hashes(self) -> HeadHashes {
        HeadHashes(
            HEAD.iter()
                .map(|column| hash(self.cell(*column).trim()))
                .collect(),
        )
    }

    pub(super) fn head(self) -> Result<OrderHead, FieldProblems> {
        OrderHead::parse(&RawOrderHead {
            reference: self.cell(REFERENCE),
            address: RawAddress {
                recipient: self.cell(RECIPIENT),
                company: self.cell(COMPANY),
                address_line1: self.cell(ADDRESS_LINE1),
                address_line2: self.cell(ADDRESS_LINE2),
                city: self.cell(CITY),
                region: self.cell(REGION),
                postcode: self.cell(POSTCODE),
                country: self.cell(COUNTRY),
            },
            email: self.cell(EMAIL),
            phone: self.cell(PHONE),
            shipping_method: self.cell(SHIPPING_METHOD),
            note: self.cell(NOTE),
        })
    }

    pub(super) fn line(self, products: &OrderableProducts) -> Result<NewLine, FieldProblems> {
        let mut design_urls = vec![("", self.cell(DESIGN))];
        design_urls.extend(self.header.suffixed_cells(self.record, DESIGN));
        let raw = RawLine {
            product_uid: self.cell(PRODUCT_UID),
            quantity: self.cell(QUANTITY),
            title: self.cell(TITLE),
            design_urls,
            uploads: Vec::new(),
        };
        NewLine::parse(&raw, products)
    }

    /// A problem of the row as a whole.
    pub(super) fn problem(self, problem: Problem) -> RowProblem {
        let reference = RowProblem::quote(self.reference());
        RowProblem {
            line: self.record.line,
            reference,
            column: None,
            value: None,
            problem,
        }
    }

    /// A problem of one column.
    pub(super) fn problem_at(self, column: usize, suffix: &str, problem: Problem) -> RowProblem {
        let value = if suffix.is_empty() {
            self.cell(column)
        } else {
            let cells = self.header.suffixed_cells(self.record, column);
            cells
                .iter()
                .find(|(known, _)| *known == suffix)
                .map_or("", |(_, cell)| cell)
        };
        let heading = self
            .header
            .heading(column, suffix)
            .unwrap_or(COLUMNS[column].name);
        RowProblem {
            column: Some(heading.to_owned()),
            value: RowProblem::quote(value),
            ..self.problem(problem)
        }
    }

    /// The problems of fields, each at its column.
    pub(super) fn problems(self, problems: FieldProblems) -> Vec<RowProblem> {
        let at_column = |(field, problem): (&str, &Problem)| match column_of(field) {
            Some((column, suffix)) => self.problem_at(column, suffix, problem.clone()),
            None => self.problem(problem.clone()),
        };
        problems.iter().map(at_column).collect()
    }

    pub(super) fn cell(self, column: usize) -> &'a str {
        self.header.cell(self.record, column)
    }
}

/// What a row says of its order as a whole, one hash for each column: rows of an order are compared without
/// keeping the text of a hundred thousand addresses.
pub(super) struct HeadHashes(Box<[u64]>);

impl HeadHashes {
    /// The first column where two rows say different things.
    pub(super) fn first_difference(&self, other: &Self) -> Option<usize> {
        let different = self
            .0
            .iter()
            .zip(&other.0)
            .position(|(ours, theirs)| ours != theirs);
        different.map(|at| HEAD[at])
    }
}

fn hash(text: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
