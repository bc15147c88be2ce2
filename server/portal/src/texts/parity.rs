//! Whether every language says everything, naming the same values.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::Language;

/// The messages of one language, each with the variables its sentence names.
pub(super) type Messages = BTreeMap<String, BTreeSet<String>>;

/// Reads the messages of a resource, noting those defined twice or without a text.
pub(super) fn collect(
    resource: &FluentResource,
    language: Language,
    messages: &mut Messages,
    problems: &mut Vec<String>,
) {
    for entry in resource.entries() {
        let Entry::Message(message) = entry else { continue };
        let key = message.id.name;
        let mut variables = BTreeSet::new();
        match &message.value {
            Some(pattern) if !is_blank(pattern) => variables_of(pattern, &mut variables),
            _ => problems.push(format!("{language}: {key} is empty")),
        }
        if messages.insert(key.to_owned(), variables).is_some() {
            problems.push(format!("{language}: {key} is defined twice"));
        }
    }
}

/// Keys that one language lacks, and messages whose variables differ.
pub(super) fn differences(messages: &[(Language, Messages)]) -> Vec<String> {
    let keys: BTreeSet<&String> = messages
        .iter()
        .flat_map(|(_, messages)| messages.keys())
        .collect();
    let mut problems = Vec::new();
    for key in keys {
        for (language, _) in messages
            .iter()
            .filter(|(_, messages)| !messages.contains_key(key))
        {
            problems.push(format!("{language}: {key} is missing"));
        }
        let mut sets = messages.iter().filter_map(|(_, messages)| messages.get(key));
        if let Some(first) = sets.next()
            && sets.any(|variables| variables != first)
        {
            problems.push(format!(
                "{key} does not name the same variables in every language"
            ));
        }
    }
    problems
}

fn is_blank(pattern: &Pattern<&str>) -> bool {
    pattern.elements.iter().all(|element| match element {
        PatternElement::TextElement { value } => value.trim().is_empty(),
        PatternElement::Placeable { .. } => false,
    })
}

fn variables_of(pattern: &Pattern<&str>, found: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            variables_of_expression(expression, found);
        }
    }
}

fn variables_of_expression(expression: &Expression<&str>, found: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => variables_of_inline(inline, found),
        Expression::Select { selector, variants } => {
            variables_of_inline(selector, found);
            for variant in variants {
                variables_of(&variant.value, found);
            }
        }
    }
}

fn variables_of_inline(inline: &InlineExpression<&str>, found: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.insert(id.name.to_owned());
        }
        InlineExpression::FunctionReference { arguments, .. } => {
            for argument in &arguments.positional {
                variables_of_inline(argument, found);
            }
        }
        InlineExpression::Placeable { expression } => variables_of_expression(expression, found),
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { .. } => {}
    }
}
