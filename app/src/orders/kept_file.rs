//! A design file that came with a form before it was refused.

use leptos::prelude::*;
use portal::files::StoredFile;

use crate::text::Text;
use crate::ui::*;

/// The controls of a print area's design whose file is here already.
pub struct KeptFile<'a> {
    /// The file.
    pub file: &'a StoredFile,
    /// The field that takes the design: what is wrong with it is said here.
    pub field: String,
    /// The control that sends the file's id.
    pub control: String,
    /// The value of the button that takes the file out of the form.
    pub remove: String,
}

impl KeptFile<'_> {
    /// Shows it in place of the fields that would take another one.
    pub fn view(self, t: Text) -> AnyView {
        let size = i64::try_from(self.file.content.size).unwrap_or(i64::MAX);
        let title = self.file.name.clone();
        let (id, remove) = (self.file.id.to_string(), self.remove);
        let picture = view! { <Icon name="file" /> }.into_any();
        view! {
            <div class="wide" data-field=self.field>
                <input type="hidden" name=self.control value=id />
                <List>
                    <ListItem title note=t.size(size) picture>
                        <Button size=Size::Small name="do" value=remove>
                            {t.get("storefront-orders-remove-file")}
                        </Button>
                    </ListItem>
                </List>
            </div>
        }
        .into_any()
    }
}
