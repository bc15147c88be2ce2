//! A product as its form holds it: fields, and groups of fields that come and go.
//!
//! A group has a number that stays its own while others are removed. A hidden field `option:<number>` says that it is
//! there; its fields are called `option:<number>:<field>`. No name comes twice, as server functions demand.

use std::collections::BTreeSet;

use domain::catalogue::{
    CatalogueProduct, FileFormat, OptionDef, PrintArea, RawCatalogueProduct, RawOption, RawPrintArea,
};
use domain::id::ProductId;
use domain::{CatalogueKey, FieldProblems, Problem};
use portal::catalogue::Product;
use portal::{Outcome, Refusal};

/// What a product has several of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Group {
    /// Something to choose: size, paper.
    Option,
    /// Where it is printed.
    Area,
}

impl Group {
    const ALL: [Self; 2] = [Self::Option, Self::Area];

    /// What the names of the group's fields begin with.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Option => "option",
            Self::Area => "area",
        }
    }

    /// The name of the hidden field of the group `number`.
    pub(super) fn marker(self, number: u32) -> String {
        format!("{}:{number}", self.name())
    }

    /// The name of a field of the group `number`.
    pub(super) fn field(self, number: u32, field: &str) -> String {
        format!("{}:{number}:{field}", self.name())
    }
}

/// A button that changes the form instead of sending it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Adds an empty group.
    Add(Group),
    /// Removes the group with this number.
    Remove(Group, u32),
}

/// What is in the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ProductForm(Vec<(String, String)>);

impl ProductForm {
    /// What was typed.
    pub(super) fn typed(values: &[(String, String)]) -> Self {
        Self(values.to_vec())
    }

    /// A new product: printed in one place.
    pub(super) fn new() -> Self {
        let mut form = Self::default().after(Step::Add(Group::Area));
        // Nobody added it: typing starts at the top.
        form.0.retain(|(name, _)| name != "added");
        form
    }

    /// A product of the catalogue, to be changed.
    pub(super) fn of_stored(product: &Product) -> Self {
        let mut form = Self::of(&product.definition);
        form.set("product", &product.id.to_string());
        form
    }

    fn of(product: &CatalogueProduct) -> Self {
        let mut form = Self::default();
        form.set("uid", product.uid.as_str());
        form.set("name_en", product.name_en.as_str());
        form.set("name_es", product.name_es.as_str());
        form.set("category", product.category.as_str());
        form.set("min_quantity", &product.min_quantity.to_string());
        let max = product.max_quantity.map(|max| max.to_string());
        form.set("max_quantity", &max.unwrap_or_default());
        for (number, option) in (0..).zip(&product.options) {
            form.add_option(number, option);
        }
        for (number, area) in (0..).zip(&product.print_areas) {
            form.add_area(number, area);
        }
        form
    }

    fn add_option(&mut self, number: u32, option: &OptionDef) {
        self.set(&Group::Option.marker(number), "");
        let mut set = |field, value| self.set(&Group::Option.field(number, field), value);
        set("name_en", option.name_en.as_str());
        set("name_es", option.name_es.as_str());
        set("key", option.key.as_str());
        set("values", &option.value_lines());
    }

    fn add_area(&mut self, number: u32, area: &PrintArea) {
        self.set(&Group::Area.marker(number), "");
        let mut set = |field: &str, value: &str| self.set(&Group::Area.field(number, field), value);
        set("name_en", area.name_en.as_str());
        set("name_es", area.name_es.as_str());
        set("key", area.key.as_str());
        let (width, height) = (area.trim.width.millimetres(), area.trim.height.millimetres());
        set("size", &format!("{width} x {height}"));
        set("bleed", &area.bleed.millimetres());
        set("min_resolution_dpi", &area.min_resolution_dpi.to_string());
        set("page_count", &area.page_count.to_string());
        for format in &area.formats {
            set(&format!("formats:{format}"), "true");
        }
    }

    fn set(&mut self, name: &str, value: &str) {
        self.0.push((name.to_owned(), value.to_owned()));
    }

    /// Names and values.
    pub(super) fn into_values(self) -> Vec<(String, String)> {
        self.0
    }

    /// What a field holds.
    pub(super) fn get(&self, name: &str) -> &str {
        let named = self.0.iter().find(|(known, _)| known == name);
        named.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// The numbers of the groups, in their order.
    pub(super) fn groups(&self, group: Group) -> Vec<u32> {
        let number = |name: &str| name.strip_prefix(group.name())?.strip_prefix(':')?.parse().ok();
        self.0.iter().filter_map(|(name, _)| number(name)).collect()
    }

    /// Whether the group was added a moment ago: typing goes on there.
    pub(super) fn is_added(&self, group: Group, number: u32) -> bool {
        self.get("added") == group.marker(number)
    }

    /// The product to be changed; none for a new one.
    ///
    /// # Errors
    /// [`Refusal::NotFound`] for what is no id.
    pub(super) fn product(&self) -> Outcome<Option<ProductId>> {
        match self.get("product") {
            "" => Ok(None),
            id => id.parse().map(Some).map_err(|_| Refusal::NotFound),
        }
    }

    /// The button that was pressed, unless it was the one that saves.
    pub(super) fn step(&self) -> Option<Step> {
        let group = |name: &str| Group::ALL.into_iter().find(|group| group.name() == name);
        if let Some(added) = group(self.get("add")) {
            return Some(Step::Add(added));
        }
        let (name, number) = self.get("remove").split_once(':')?;
        Some(Step::Remove(group(name)?, number.parse().ok()?))
    }

    /// The form with a group more or less, and everything else as it was typed.
    pub(super) fn after(&self, step: Step) -> Self {
        let mut form = self.clone();
        form.0
            .retain(|(name, _)| !["add", "added", "remove"].contains(&name.as_str()));
        match step {
            Step::Add(group) => {
                let number = form.groups(group).into_iter().max().map_or(0, |last| last + 1);
                form.set(&group.marker(number), "");
                form.set("added", &group.marker(number));
                if group == Group::Area {
                    form.set(&group.field(number, "formats:pdf"), "true");
                }
            }
            Step::Remove(group, number) => {
                let (marker, fields) = (group.marker(number), group.field(number, ""));
                form.0
                    .retain(|(name, _)| *name != marker && !name.starts_with(&fields));
            }
        }
        form
    }

    /// Reads the product.
    ///
    /// # Errors
    /// The problem of each field, under the field's name.
    pub(super) fn parse(&self) -> Result<CatalogueProduct, FieldProblems> {
        let mut problems = FieldProblems::new();
        let head = CatalogueProduct::parse(&RawCatalogueProduct {
            uid: self.get("uid"),
            name_en: self.get("name_en"),
            name_es: self.get("name_es"),
            category: self.get("category"),
            min_quantity: self.get("min_quantity"),
            max_quantity: self.get("max_quantity"),
            ..RawCatalogueProduct::default()
        });
        let head = head.map_err(|found| problems.append_under("", found)).ok();
        let options = self.parse_groups(Group::Option, &mut problems, Self::parse_option, |option| {
            &option.key
        });
        let print_areas = self.parse_groups(Group::Area, &mut problems, Self::parse_area, |area| &area.key);
        match head {
            Some(head) if problems.is_empty() => CatalogueProduct {
                options,
                print_areas,
                ..head
            }
            .checked()
            .map_err(|found| self.at_controls(&found)),
            _ => Err(problems),
        }
    }

    /// Reads the groups of a kind. No two may have the same key.
    fn parse_groups<T>(
        &self,
        group: Group,
        problems: &mut FieldProblems,
        parse: impl Fn(&Self, u32) -> Result<T, FieldProblems>,
        key: impl Fn(&T) -> &CatalogueKey,
    ) -> Vec<T> {
        let mut parsed = Vec::new();
        let mut keys = BTreeSet::new();
        for number in self.groups(group) {
            match parse(self, number) {
                Ok(one) if keys.insert(key(&one).clone()) => parsed.push(one),
                Ok(twice) => problems.add(
                    group.field(number, "key"),
                    Problem::new("duplicate-key").with("key", key(&twice).as_str()),
                ),
                Err(found) => problems.append_under(&group.field(number, ""), found),
            }
        }
        parsed
    }

    fn parse_option(&self, number: u32) -> Result<OptionDef, FieldProblems> {
        let get = |field| self.get(&Group::Option.field(number, field));
        OptionDef::parse(&RawOption {
            key: get("key"),
            name_en: get("name_en"),
            name_es: get("name_es"),
            values: get("values"),
        })
    }

    fn parse_area(&self, number: u32) -> Result<PrintArea, FieldProblems> {
        let field = |field: &str| Group::Area.field(number, field);
        let is_chosen = |format: &&str| !self.get(&field(&format!("formats:{format}"))).is_empty();
        let formats: Vec<&str> = FileFormat::ALL
            .iter()
            .map(|format| format.as_str())
            .filter(is_chosen)
            .collect();
        let area = PrintArea::parse(&RawPrintArea {
            key: self.get(&field("key")),
            name_en: self.get(&field("name_en")),
            name_es: self.get(&field("name_es")),
            size: self.get(&field("size")),
            bleed: self.get(&field("bleed")),
            min_resolution_dpi: self.get(&field("min_resolution_dpi")),
            page_count: self.get(&field("page_count")),
            formats: &formats.join(","),
        });
        if !formats.is_empty() {
            return area;
        }
        // A cell of a file may leave formats out; a form in which no box is ticked is a slip.
        let mut problems = area.err().unwrap_or_default();
        problems.add("formats", Problem::new("required"));
        Err(problems)
    }

    /// What is wrong with the options together is told at the values of the last one.
    fn at_controls(&self, found: &FieldProblems) -> FieldProblems {
        let last = self.groups(Group::Option).last().copied().unwrap_or_default();
        let mut problems = FieldProblems::new();
        for (field, problem) in found.iter() {
            let control = match field {
                "options" => Group::Option.field(last, "values"),
                field => field.to_owned(),
            };
            problems.add(control, problem.clone());
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn poster() -> CatalogueProduct {
        CatalogueProduct::parse(&RawCatalogueProduct {
            uid: "poster",
            name_en: "Poster",
            name_es: "Póster",
            category: "Posters",
            options: "size(Size/Tamaño)=A4|A3; Paper=silk(Silk/Seda)|1\\/2 matt",
            print_areas: "front(Front/Anverso) 297x420mm bleed 3mm 300dpi 1p pdf,png; back 10x10mm",
            max_quantity: "500",
            ..RawCatalogueProduct::default()
        })
        .unwrap()
    }

    fn problems(form: &ProductForm) -> Vec<String> {
        let problems = form.parse().unwrap_err();
        problems
            .iter()
            .map(|(field, problem)| format!("{field} {problem}"))
            .collect()
    }

    #[test]
    fn a_product_survives_its_form() {
        assert_eq!(ProductForm::of(&poster()).parse(), Ok(poster()));
    }

    #[test]
    fn groups_come_and_go_and_the_rest_stays_as_typed() {
        let mut form = ProductForm::of(&poster());
        form.set("add", "option");
        let step = form.step().unwrap();
        let form = form.after(step);
        assert_eq!(form.groups(Group::Option), [0, 1, 2]);
        assert!(form.is_added(Group::Option, 2) && !form.is_added(Group::Option, 1));
        assert_eq!(form.step(), None);

        let mut form = form;
        form.set("remove", "option:0");
        let step = form.step().unwrap();
        let form = form.after(step).after(Step::Remove(Group::Option, 2));
        assert_eq!(form.groups(Group::Option), [1]);
        assert!(!form.is_added(Group::Option, 2));
        let product = form.parse().unwrap();
        assert_eq!(product.options, poster().options[1..]);
        assert_eq!(product.print_areas, poster().print_areas);
        assert_eq!(form.after(Step::Add(Group::Option)).groups(Group::Option), [1, 2]);
    }

    #[test]
    fn problems_are_told_at_the_controls() {
        assert!(!ProductForm::new().is_added(Group::Area, 0));
        let empty = ProductForm::new().after(Step::Add(Group::Option));
        assert!(empty.is_added(Group::Option, 0));
        assert_eq!(
            problems(&empty)[..4],
            [
                "uid required",
                "name_en required",
                "name_es required",
                "category required"
            ]
        );
        assert!(problems(&empty).contains(&"option:0:values required".to_owned()));
        assert!(problems(&empty).contains(&"area:0:size required".to_owned()));

        let mut twice = ProductForm::of(&poster());
        twice.add_option(7, &poster().options[0]);
        assert_eq!(problems(&twice), ["option:7:key duplicate-key"]);

        let mut many = ProductForm::of(&poster()).after(Step::Remove(Group::Option, 1));
        let lines: Vec<String> = (0..501).map(|line| line.to_string()).collect();
        many.0
            .retain(|(name, _)| name != "option:0:values" && name != "area:1:formats:pdf");
        many.set("option:0:values", &lines.join("\n"));
        assert_eq!(problems(&many), ["area:1:formats required"]);
        many.set("area:1:formats:pdf", "true");
        assert_eq!(problems(&many), ["option:0:values too-many-combinations"]);
    }
}
