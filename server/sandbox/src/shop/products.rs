//! Adding, changing and deleting products.

use serde::Deserialize;

use super::generate::combined;
use super::{Image, NewProduct, NewVariant, Product, ProductStatus, Refused, Shop, Variant};
use crate::ledger::Event;

/// What the owner of a shop does to a product.
#[derive(Clone, Debug, Deserialize)]
#[serde(tag = "action", rename_all = "snake_case")]
pub enum ProductAction {
    /// Changes what is given.
    Change {
        /// The name.
        #[serde(default)]
        title: Option<String>,
        /// The price of every variant, in minor units.
        #[serde(default)]
        price: Option<i64>,
        /// Whether buyers see it.
        #[serde(default)]
        status: Option<ProductStatus>,
    },
    /// Changes one variant.
    ChangeVariant {
        /// Its id.
        variant: u64,
        /// The stock-keeping unit.
        #[serde(default)]
        sku: Option<String>,
        /// In minor units.
        #[serde(default)]
        price: Option<i64>,
    },
    /// Adds a variant.
    AddVariant(NewVariant),
    /// Deletes it.
    Delete,
}

impl Shop {
    /// Adds a product; gives its id.
    ///
    /// # Errors
    /// [`Refused::Impossible`] when a variant has not one value for each option.
    pub fn add_product(&mut self, new: NewProduct) -> Result<u64, Refused> {
        let variants = match (new.variants.is_empty(), new.options.is_empty()) {
            (false, _) => new.variants,
            (true, true) => vec![NewVariant::default()],
            (true, false) => combined(&new.options, NewVariant::default(), 0),
        };
        if variants
            .iter()
            .any(|variant| variant.values.len() != new.options.len())
        {
            return Err(Refused::Impossible(
                "every variant needs one value for each option",
            ));
        }
        let id = self.next_id();
        let mut product = Product {
            id,
            title: new.title,
            description: new.description,
            status: new.status,
            digital: new.digital,
            options: new.options,
            variants: Vec::new(),
            images: Vec::new(),
            created_at: self.now,
            updated_at: self.now,
            binned: false,
            meta: Vec::new(),
        };
        for url in new.images {
            let alt = product.title.clone();
            let id = self.next_id();
            product.images.push(Image { id, url, alt });
        }
        for variant in variants {
            let variant = self.made_variant(&product, variant);
            product.variants.push(variant);
        }
        self.products.insert(id, product);
        self.happened(Event::ProductCreated { product: id });
        Ok(id)
    }

    /// Does this to a product.
    ///
    /// # Errors
    /// [`Refused`] when there is no such product or variant, or it does not fit.
    pub fn act_on_product(&mut self, id: u64, action: ProductAction) -> Result<(), Refused> {
        match action {
            ProductAction::Delete => self.delete_product(id),
            ProductAction::AddVariant(new) => self.add_variant(id, new).map(drop),
            ProductAction::Change { title, price, status } => self.change_product(id, |product| {
                product.title = title.unwrap_or(std::mem::take(&mut product.title));
                product.status = status.unwrap_or(product.status);
                for variant in &mut product.variants {
                    variant.price = price.unwrap_or(variant.price);
                }
            }),
            ProductAction::ChangeVariant { variant, sku, price } => {
                self.change_variant(id, variant, |variant| {
                    variant.sku = sku.or(variant.sku.take());
                    variant.price = price.unwrap_or(variant.price);
                })
            }
        }
    }

    /// Changes a product.
    ///
    /// # Errors
    /// [`Refused::Missing`].
    pub fn change_product(&mut self, id: u64, change: impl FnOnce(&mut Product)) -> Result<(), Refused> {
        let missing = Refused::Missing { what: "product", id };
        let product = self.products.get_mut(&id).ok_or(missing)?;
        change(product);
        product.updated_at = self.now;
        self.happened(Event::ProductUpdated { product: id });
        Ok(())
    }

    /// Adds a variant to a product; gives its id.
    ///
    /// # Errors
    /// [`Refused`] when there is no such product, or a value for an option is missing.
    pub fn add_variant(&mut self, product_id: u64, new: NewVariant) -> Result<u64, Refused> {
        let product = self.product(product_id)?.clone();
        if new.values.len() != product.options.len() {
            return Err(Refused::Impossible(
                "every variant needs one value for each option",
            ));
        }
        let variant = self.made_variant(&product, new);
        let id = variant.id;
        let (now, touches) = (self.now, self.variants_touch_products);
        if let Some(product) = self.products.get_mut(&product_id) {
            product.variants.push(variant);
            if touches {
                product.updated_at = now;
            }
        }
        self.happened(Event::VariantCreated {
            product: product_id,
            variant: id,
        });
        Ok(id)
    }

    /// Changes a variant; whether the product counts as changed too is the platform's way.
    ///
    /// # Errors
    /// [`Refused::Missing`].
    pub fn change_variant(
        &mut self,
        product_id: u64,
        id: u64,
        change: impl FnOnce(&mut Variant),
    ) -> Result<(), Refused> {
        let missing = || Refused::Missing { what: "variant", id };
        let (now, touches) = (self.now, self.variants_touch_products);
        let product = self.products.get_mut(&product_id).ok_or_else(missing)?;
        let variant = product.variants.iter_mut().find(|variant| variant.id == id);
        let variant = variant.ok_or_else(missing)?;
        change(variant);
        variant.updated_at = now;
        if touches {
            product.updated_at = now;
        }
        self.happened(Event::VariantUpdated {
            product: product_id,
            variant: id,
        });
        Ok(())
    }

    /// Deletes a product; lines of orders keep its name.
    ///
    /// # Errors
    /// [`Refused::Missing`].
    pub fn delete_product(&mut self, id: u64) -> Result<(), Refused> {
        let missing = Refused::Missing { what: "product", id };
        self.products.remove(&id).ok_or(missing)?;
        for line in self.orders.values_mut().flat_map(|order| &mut order.lines) {
            if line.product_id == Some(id) {
                line.product_id = None;
                line.variant_id = None;
            }
        }
        self.happened(Event::ProductDeleted { product: id });
        Ok(())
    }

    /// Throws a product into the bin, where nobody can buy it.
    ///
    /// # Errors
    /// [`Refused::Missing`].
    pub fn bin_product(&mut self, id: u64) -> Result<(), Refused> {
        let missing = Refused::Missing { what: "product", id };
        self.products.get_mut(&id).ok_or(missing)?.binned = true;
        self.happened(Event::ProductDeleted { product: id });
        Ok(())
    }

    fn made_variant(&mut self, product: &Product, new: NewVariant) -> Variant {
        let image = new.image.and_then(|at| product.images.get(at));
        Variant {
            id: self.next_id(),
            sku: new.sku,
            values: new.values,
            price: new.price,
            image_id: image.map(|image| image.id),
            created_at: self.now,
            updated_at: self.now,
            meta: Vec::new(),
        }
    }
}
