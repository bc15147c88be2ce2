//! What was typed into the form *Place order*, and what its buttons make of it.
//!
//! Controls of line 0 begin with `line-0-`: `product_uid`, `quantity`, and for the print area `front`
//! `design:front` (an address), `upload:front` (a file that comes with the form) and `file:front` (the id of one
//! that came before). The next line is typed into `add-product` and `add-quantity`.

use domain::id::FileId;
use portal::orders::{AddressForm, LineForm, MOST_LINES, PlaceOrderForm};

/// What was typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    values: Vec<(String, String)>,
    brought_files: bool,
}

/// A line of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct DraftLine {
    /// What is ordered.
    pub(super) product_uid: String,
    /// Its design files that are here already, by print area.
    pub(super) files: Vec<(String, FileId)>,
}

/// A button of the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Press {
    /// *Place order*.
    Place,
    /// *Add line*.
    AddLine,
    /// *Remove line*, with its place from 0.
    RemoveLine(usize),
    /// *Remove file* of a line's print area.
    RemoveFile(usize, String),
}

impl Press {
    /// Reads the value of the button that was pressed.
    pub(super) fn parse(value: &str) -> Self {
        let mut parts = value.splitn(3, ':');
        let (what, line, area) = (parts.next(), parts.next(), parts.next());
        let line = line.and_then(|line| line.parse().ok());
        match (what, line, area) {
            (Some("add-line"), ..) => Self::AddLine,
            (Some("remove-line"), Some(line), _) => Self::RemoveLine(line),
            (Some("remove-file"), Some(line), Some(area)) => Self::RemoveFile(line, area.to_owned()),
            _ => Self::Place,
        }
    }
}

/// `line-2-design:front` → 2 and `design:front`.
fn of_line(name: &str) -> Option<(usize, &str)> {
    let (number, field) = name.strip_prefix("line-")?.split_once('-')?;
    Some((number.parse().ok()?, field))
}

impl Draft {
    /// A draft of what was posted. A file that came with the form is one that is here from now on.
    pub(super) fn of(values: Vec<(String, String)>) -> Self {
        let mut draft = Self::default();
        let (uploads, rest): (Vec<_>, Vec<_>) = values
            .into_iter()
            .partition(|(name, _)| of_line(name).is_some_and(|(_, field)| field.starts_with("upload:")));
        draft.values = rest;
        for (name, file) in uploads {
            if !file.is_empty() {
                draft.brought_files = true;
                draft.set(&name.replacen("upload:", "file:", 1), file);
            }
        }
        draft
    }

    /// Whether files came with it, which should not be sent again.
    pub(super) const fn brought_files(&self) -> bool {
        self.brought_files
    }

    /// Everything, name by name.
    pub(super) fn into_values(self) -> Vec<(String, String)> {
        self.values
    }

    /// What a control holds.
    pub(super) fn get(&self, name: &str) -> &str {
        let found = self.values.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    fn set(&mut self, name: &str, value: impl Into<String>) {
        self.values.retain(|(known, _)| known != name);
        self.values.push((name.to_owned(), value.into()));
    }

    /// How often the form has been shown again: each time its address is another one, so that browsers load it.
    pub(super) fn revision(&self) -> u32 {
        self.get("revision").parse().unwrap_or_default()
    }

    /// Counts that the form is shown again.
    pub(super) fn begin_revision(&mut self) -> u32 {
        let next = self.revision().saturating_add(1);
        self.set("revision", next.to_string());
        next
    }

    /// Its lines, in their order.
    pub(super) fn lines(&self) -> Vec<DraftLine> {
        (0..self.line_count()).map(|number| self.line(number)).collect()
    }

    /// How many lines it has.
    pub(super) fn line_count(&self) -> usize {
        let numbers = self.values.iter().filter_map(|(name, _)| Some(of_line(name)?.0));
        // One more than allowed is enough to be refused; a made-up number must not make millions.
        numbers.max().map_or(0, |last| last.min(MOST_LINES) + 1)
    }

    fn line(&self, number: usize) -> DraftLine {
        let files = self.by_area(number, "file:");
        DraftLine {
            product_uid: self.get(&format!("line-{number}-product_uid")).to_owned(),
            files: files
                .filter_map(|(area, file)| Some((area.to_owned(), file.parse().ok()?)))
                .collect(),
        }
    }

    /// The values of a line's controls that begin with `kind`, by print area.
    fn by_area<'d>(&'d self, number: usize, kind: &'static str) -> impl Iterator<Item = (&'d str, &'d str)> {
        self.values.iter().filter_map(move |(name, value)| {
            let (of, field) = of_line(name)?;
            let area = field.strip_prefix(kind).filter(|_| of == number)?;
            Some((area, value.as_str()))
        })
    }

    /// Whether a line orders this.
    pub(super) fn names(&self, product_uid: &str) -> bool {
        self.lines().iter().any(|line| line.product_uid == product_uid)
    }

    /// Adds what was typed for the next line as a line, and empties those controls. Gives its number.
    pub(super) fn add_line(&mut self, product_uid: &str) -> usize {
        let number = self.line_count();
        let quantity = self.get("add-quantity").to_owned();
        self.set(&format!("line-{number}-product_uid"), product_uid);
        self.set(&format!("line-{number}-quantity"), quantity);
        self.set("add-product", "");
        self.set("add-quantity", "1");
        number
    }

    /// Takes a line away; those after it move up.
    pub(super) fn remove_line(&mut self, number: usize) {
        let values = std::mem::take(&mut self.values);
        self.values = values
            .into_iter()
            .filter_map(|(name, value)| match of_line(&name) {
                Some((of, _)) if of == number => None,
                Some((of, field)) if of > number => Some((format!("line-{}-{field}", of - 1), value)),
                _ => Some((name, value)),
            })
            .collect();
    }

    /// Takes a file that is here already out of the form.
    pub(super) fn remove_file(&mut self, number: usize, area: &str) {
        let name = format!("line-{number}-file:{area}");
        self.values.retain(|(known, _)| *known != name);
    }

    /// The form as the use case takes it.
    pub(super) fn form(&self) -> PlaceOrderForm {
        let value = |name: &str| self.get(name).to_owned();
        PlaceOrderForm {
            store: value("store"),
            token: value("submission"),
            reference: value("reference"),
            address: AddressForm {
                recipient: value("recipient"),
                company: value("company"),
                address_line1: value("address_line1"),
                address_line2: value("address_line2"),
                city: value("city"),
                region: value("region"),
                postcode: value("postcode"),
                country: value("country"),
                email: value("email"),
                phone: value("phone"),
            },
            shipping_method: value("shipping_method"),
            note: value("note"),
            lines: (0..self.line_count())
                .map(|number| self.line_form(number))
                .collect(),
        }
    }

    fn line_form(&self, number: usize) -> LineForm {
        let line = self.line(number);
        // A file that was uploaded wins over an address.
        let uploaded = |area: &str| line.files.iter().any(|(of, _)| of == area);
        let designs = self.by_area(number, "design:");
        LineForm {
            quantity: self.get(&format!("line-{number}-quantity")).to_owned(),
            title: String::new(),
            designs: designs
                .filter(|(area, _)| !uploaded(area))
                .map(|(area, url)| (area.to_owned(), url.to_owned()))
                .collect(),
            product_uid: line.product_uid,
            uploads: line.files,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "01a1fd55-7a80-700d-a8e6-bff340a5721b";
    const NEWER: &str = "01a1fd55-7a80-700d-a8e6-bff340a5721c";

    fn draft(values: &[(&str, &str)]) -> Draft {
        let owned = values
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Draft::of(owned.collect())
    }

    #[test]
    fn a_file_that_came_stays_until_another_one_comes() {
        let draft = draft(&[
            ("line-0-product_uid", "poster"),
            ("line-0-design:front", "https://example.com/old.pdf"),
            ("line-0-file:front", FILE),
            ("line-0-upload:front", NEWER),
            ("line-0-file:back", FILE),
            ("line-0-upload:back", ""),
        ]);
        let form = draft.form();
        let uploads: Vec<_> = form.lines[0]
            .uploads
            .iter()
            .map(|(area, file)| (area.as_str(), file.to_string()))
            .collect();
        assert_eq!(uploads, [("back", FILE.to_owned()), ("front", NEWER.to_owned())]);
        assert!(form.lines[0].designs.is_empty(), "the upload wins");
        assert!(
            draft
                .into_values()
                .iter()
                .all(|(name, _)| !name.contains("upload"))
        );
    }

    #[test]
    fn lines_are_added_at_the_end_and_move_up_when_one_goes() {
        let mut draft = draft(&[
            ("note", "for line-0-quantity"),
            ("line-0-product_uid", "pen"),
            ("line-0-quantity", "3"),
            ("line-1-product_uid", "poster"),
            ("line-1-quantity", "1"),
            ("line-1-design:front", "https://example.com/a.pdf"),
            ("add-product", "Mug (mug)"),
            ("add-quantity", "5"),
        ]);
        assert_eq!(draft.add_line("mug"), 2);
        assert_eq!((draft.get("add-product"), draft.get("add-quantity")), ("", "1"));
        draft.remove_line(0);
        let lines = draft.form().lines;
        let seen: Vec<_> = lines
            .iter()
            .map(|line| (line.product_uid.as_str(), line.quantity.as_str()))
            .collect();
        assert_eq!(seen, [("poster", "1"), ("mug", "5")]);
        assert_eq!(lines[0].designs[0].0, "front");
        assert_eq!(draft.get("note"), "for line-0-quantity");
        assert!(draft.names("mug") && !draft.names("pen"));
    }

    #[test]
    fn a_made_up_line_number_makes_no_more_than_what_is_refused() {
        assert_eq!(
            draft(&[("line-4000000000-quantity", "1")]).line_count(),
            MOST_LINES + 1
        );
        assert_eq!(draft(&[("line-x-quantity", "1")]).line_count(), 0);
    }

    #[test]
    fn a_button_says_what_it_does() {
        for (value, press) in [
            ("place", Press::Place),
            ("", Press::Place),
            ("add-line", Press::AddLine),
            ("remove-line:3", Press::RemoveLine(3)),
            ("remove-line:x", Press::Place),
            (
                "remove-file:0:front:2",
                Press::RemoveFile(0, "front:2".to_owned()),
            ),
        ] {
            assert_eq!(Press::parse(value), press, "{value}");
        }
    }
}
