//! What was posted by the form *Connect product*.
//!
//! Its controls: `variant`, `catalogue` (the product that was picked), `option:size` for the option `size`, and for the
//! print area `front` `design:front` (an address), `upload:front` (a file that comes with the form) and `file:front`
//! (the id of one that came before). `pieces_per_unit` says how many pieces are sold as one. `alike` connects the other
//! variants that wait too; `do` is the button.

use std::collections::BTreeMap;

use domain::CatalogueKey;
use domain::id::FileId;
use portal::mapping::ConnectForm;

/// What was posted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Draft {
    values: Vec<(String, String)>,
    brought_files: bool,
}

impl Draft {
    /// A file that came with the form is one that is here from now on.
    pub(super) fn of(posted: &[(String, String)]) -> Self {
        let mut draft = Self::default();
        for (name, value) in posted {
            if !name.starts_with("upload:") {
                draft.values.push((name.clone(), value.clone()));
            }
        }
        for (name, file) in posted {
            if let Some(area) = name.strip_prefix("upload:").filter(|_| !file.is_empty()) {
                draft.brought_files = true;
                draft.remove_file(area);
                draft.values.push((format!("file:{area}"), file.clone()));
            }
        }
        draft
    }

    /// Whether files came with it, which should not be sent again.
    pub(super) const fn brought_files(&self) -> bool {
        self.brought_files
    }

    /// What a control holds.
    pub(super) fn get(&self, name: &str) -> &str {
        let found = self.values.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The print area whose file a button takes out.
    pub(super) fn file_to_remove(&self) -> Option<String> {
        self.get("do").strip_prefix("remove-file:").map(str::to_owned)
    }

    /// Takes a file that is here already out of the form.
    pub(super) fn remove_file(&mut self, area: &str) {
        let name = format!("file:{area}");
        self.values.retain(|(known, _)| *known != name);
    }

    /// Everything, name by name.
    pub(super) fn into_values(self) -> Vec<(String, String)> {
        self.values
    }

    /// The chosen value of each option.
    pub(super) fn options(&self) -> BTreeMap<CatalogueKey, CatalogueKey> {
        let chosen = self.by_prefix("option:");
        chosen
            .filter_map(|(key, value)| Some((key.parse().ok()?, value.parse().ok()?)))
            .collect()
    }

    /// The form as the use case takes it, for what was chosen.
    pub(super) fn form(&self, product_uid: String) -> ConnectForm {
        let uploads: Vec<(String, FileId)> = self
            .by_prefix("file:")
            .filter_map(|(area, file)| Some((area.to_owned(), file.parse().ok()?)))
            .collect();
        ConnectForm {
            product_uid,
            pieces_per_unit: self.get("pieces_per_unit").to_owned(),
            designs: self
                .by_prefix("design:")
                .map(|(area, url)| (area.to_owned(), url.to_owned()))
                .collect(),
            uploads,
        }
    }

    fn by_prefix<'d>(&'d self, prefix: &'static str) -> impl Iterator<Item = (&'d str, &'d str)> {
        self.values
            .iter()
            .filter_map(move |(name, value)| Some((name.strip_prefix(prefix)?, value.as_str())))
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
        Draft::of(&owned.collect::<Vec<_>>())
    }

    #[test]
    fn a_file_that_came_stays_until_another_one_comes_or_it_is_removed() {
        let mut draft = draft(&[
            ("option:size", "a3"),
            ("design:front", ""),
            ("upload:front", NEWER),
            ("file:front", FILE),
            ("do", "remove-file:front"),
        ]);
        assert!(draft.brought_files());
        let form = draft.form("poster_a3".to_owned());
        assert_eq!(form.uploads, [("front".to_owned(), NEWER.parse().unwrap())]);
        assert_eq!(draft.options().len(), 1);
        let area = draft.file_to_remove().unwrap();
        draft.remove_file(&area);
        assert!(draft.form(String::new()).uploads.is_empty());
    }
}
