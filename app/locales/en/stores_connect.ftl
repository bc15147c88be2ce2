# Connecting an online store: a page for each platform.

connect-choose = Where do you sell? Orders and products come from there by themselves.
connect-title = Connect { $platform }
connect-again = Reconnect { $store }
connect-other = Other ways to add a store
connect-go-on = Continue at { $platform }
connect-asking = We are asking the store. That takes up to { $seconds } seconds.
connect-try-again = The store was not connected, and we do not try by ourselves. Look whether it opens in a browser, then try again. If it lasts, ask your hosting provider.
connect-leaving = On to { $platform }
connect-leave = Go on to { $platform }
connect-aside = Permissions
connect-permissions = What we ask for, and why
connect-never = What we never touch
connect-never-why = Prices, stock, discounts, payments and the design of your store
connect-older = Orders from before
connect-older-why = They stay out, whatever happens to them in your store, so that nothing is printed twice. To bring them in, sync orders from a date

## Shopify

connect-shopify-tile = With the name or address of your store
connect-shopify-shop = Store name or URL
connect-shopify-shop-example = your-shop.myshopify.com
connect-shopify-shop-help = The address that ends in myshopify.com. In Shopify it is under Settings > Domains.
connect-shopify-after = Shopify shows you the same permissions and asks whether you agree. Log in there as the owner or a staff member who may install apps.
connect-shopify-access = Read and write
connect-shopify-permission-1 = Read products
connect-shopify-permission-1-why = To list them here and connect them to the catalogue
connect-shopify-permission-2 = Read orders and their addresses
connect-shopify-permission-2-why = To print and ship them as soon as they are paid
connect-shopify-permission-3 = Fulfil orders
connect-shopify-permission-3-why = To mark them as shipped, with tracking for your buyers
connect-shopify-permission-4 = Add products
connect-shopify-permission-4-why = Only those that you publish from here

## Etsy

connect-etsy-tile = Log in to Etsy and agree
connect-etsy-after = Log in at Etsy with the account that owns the shop. Etsy asks whether you agree and brings you back here.
connect-etsy-access = Read and write
connect-etsy-permission-1 = Read listings
connect-etsy-permission-1-why = To list them here and connect them to the catalogue
connect-etsy-permission-2 = Read orders
connect-etsy-permission-2-why = To print and ship them as soon as they are paid
connect-etsy-permission-3 = Change orders
connect-etsy-permission-3-why = To mark them as shipped, with tracking for your buyers
connect-etsy-permission-4 = Add listings
connect-etsy-permission-4-why = Only as drafts, only those that you publish from here

## WooCommerce

connect-woocommerce-tile = In one click, or with API keys
connect-woocommerce-ways = How to connect
connect-woocommerce-one-click = In one click
connect-woocommerce-keys = With keys
connect-woocommerce-shop = Store URL
connect-woocommerce-shop-example = https://www.your-shop.com
connect-woocommerce-shop-help = As your buyers open it, with its folder if it has one.
connect-woocommerce-after = Your store shows you what we ask for. Log in there as an administrator and approve: it makes the keys by itself.
connect-woocommerce-no-page = Does your store show an error instead?
connect-woocommerce-use-keys = Connect with keys
connect-woocommerce-consumer-key = Consumer key
connect-woocommerce-consumer-secret = Consumer secret
connect-woocommerce-consumer-secret-help = It is stored encrypted, and nobody can read it here.
connect-woocommerce-plain = Connect without HTTPS
connect-woocommerce-plain-note = Only for a store that has none: whoever listens on the way can read orders and addresses.
connect-woocommerce-verify = Verify and connect
connect-woocommerce-where-keys = Where the keys are
connect-woocommerce-key-step-1 = In WordPress, open WooCommerce > Settings > Advanced > REST API
connect-woocommerce-key-step-2 = Choose Add key, with the permission Read/Write
connect-woocommerce-key-step-3 = Copy both. The secret is shown only once
connect-woocommerce-access = Read and write
connect-woocommerce-permission-1 = Read products
connect-woocommerce-permission-1-why = To list them here and connect them to the catalogue
connect-woocommerce-permission-2 = Read orders
connect-woocommerce-permission-2-why = To print and ship them as soon as they are paid
connect-woocommerce-permission-3 = Change orders
connect-woocommerce-permission-3-why = Only their status, notes and tracking
connect-woocommerce-permission-4 = Set up webhooks, add products
connect-woocommerce-permission-4-why = To hear of orders at once; products only when you publish them from here
