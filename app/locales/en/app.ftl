# Words every page shares.

nav-customers = Customers
nav-orders = Orders
nav-catalogue = Catalogue
nav-activity = Activity
nav-company = Company
nav-team = Team
nav-dashboard = Dashboard
nav-stores = Stores
nav-settings = Settings

## Roles

role-administrator = Administrator
role-operator = Operator
role-production = Production
role-account-admin = Account admin
role-admin = Admin
role-store-manager = Store Manager
role-order-manager = Order Manager
role-view-only = View only

## Dates

month-1 = Jan
month-2 = Feb
month-3 = Mar
month-4 = Apr
month-5 = May
month-6 = Jun
month-7 = Jul
month-8 = Aug
month-9 = Sep
month-10 = Oct
month-11 = Nov
month-12 = Dec
ago-now = Just now
ago-minutes = { $minutes } min ago
ago-hours = { $hours } h ago

## What was just done

done-welcome = Your account is ready
done-reset-requested = If the address belongs to a user, a link is on its way
done-password-changed = Password changed
done-profile-saved = Profile saved

## Instead of a page

app-error-start = Go to the start page
app-error-not-found-title = This page does not exist
app-error-not-found-text = The address is wrong, or what was here has been removed.
app-error-forbidden-title = Your role does not include this
app-error-forbidden-text = An administrator can change your role.
app-error-forbidden-client-title = Your role does not include this
app-error-forbidden-client-text = Your account admin can give you another one.
app-error-conflict-title = This has changed in the meantime
app-error-conflict-text = Go back, reload the page and try again.
app-error-broken-title = Something broke on our side
app-error-broken-text = Nothing was changed. Try again in a moment.
app-error-busy-title = The portal is busy
app-error-busy-text = Nothing was saved. Go back and try again in a moment.
app-error-reference = Reference for support:
app-error-too-large-title = This is too large
app-error-too-large-text = Send less at once, or a smaller file.

## Progress

app-progress = { $state }, { $done } of { $total }
app-progress-waits = Waits, next try at { $time }
app-progress-percent = { $state }, { $done }%

## What the search palette finds

search-order = Order
search-customer = Customer
search-product = Product
search-store = Store
search-store-product = Store product
search-operator = Operator
search-user = User
