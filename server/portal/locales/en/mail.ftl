## Every mail

mail-greeting = Hello { $name },
mail-user-name = User name
mail-paste-link = If the button does not work, open this address in your browser:
mail-link-valid = The link works once and is valid for { $duration }, until { $until }.
mail-hours =
    { $n ->
        [one] one hour
       *[other] { $n } hours
    }
mail-minutes =
    { $n ->
        [one] one minute
       *[other] { $n } minutes
    }
mail-moment = { $day } { $month } { $year }, { $time } ({ $zone })
mail-month-1 = January
mail-month-2 = February
mail-month-3 = March
mail-month-4 = April
mail-month-5 = May
mail-month-6 = June
mail-month-7 = July
mail-month-8 = August
mail-month-9 = September
mail-month-10 = October
mail-month-11 = November
mail-month-12 = December
mail-footer = { $portal } is run by { $company }.
mail-footer-support = Questions? Write to { $email }.

## Invitations

mail-invitation-choose-password = Choose a password to activate your access.
mail-invitation-confirm = You have an account already: confirm with its password to activate this access.
mail-invitation-action = Activate access
mail-invitation-unexpected = You did not expect this mail? Ignore it: without the link nobody gets in.

mail-invitation-client-admin-subject = { $company } gives you access to { $portal }
mail-invitation-client-admin-preheader = Activate your access to { $portal } for { $customer }.
mail-invitation-client-admin-heading = Your access to { $portal }
mail-invitation-client-admin-body = { $company } has opened { $portal } for { $customer }. You are its account admin: you connect stores, place orders and add the other users.

mail-invitation-client-user-subject = { $customer } gives you access to { $portal }
mail-invitation-client-user-preheader = Activate your access to { $portal } for { $customer }.
mail-invitation-client-user-heading = Your access to { $portal }
mail-invitation-client-user-body = { $customer } orders its print from { $company } through { $portal } and has given you access.

mail-invitation-operator-subject = Your access to { $portal } of { $company }
mail-invitation-operator-preheader = Activate your access to { $portal }.
mail-invitation-operator-heading = Your access to { $portal }
mail-invitation-operator-body = { $company } runs its customers, catalogue and orders in { $portal } and has added you to the team.

## Passwords

mail-password-reset-subject = Set a new password for { $portal }
mail-password-reset-preheader = The link is valid for a short time only.
mail-password-reset-heading = Set a new password
mail-password-reset-body = Somebody asked for a new password for your account.
mail-password-reset-action = Set new password
mail-password-reset-unexpected = Was it not you? Ignore this mail: your password stays as it is.

mail-password-changed-subject = Your password for { $portal } has changed
mail-password-changed-preheader = Was it not you? Set a new password now.
mail-password-changed-heading = Your password has changed
mail-password-changed-body = The password of your account was changed on { $moment }. Your other sessions have ended.
mail-password-changed-action = Go to { $portal }
mail-password-changed-unexpected = Was it not you? Choose “Forgot it?” on the log-in page now and tell { $company }.

## Stores

mail-store-needs-reauthorisation-subject = Reconnect your store { $store }
mail-store-needs-reauthorisation-preheader = Its orders do not come in until you do.
mail-store-needs-reauthorisation-heading = { $store } must be reconnected
mail-store-needs-reauthorisation-body = The store { $store } no longer accepts the connection with { $portal }. Until you reconnect it, its orders do not come in and it hears nothing of what is shipped. Products, connections and orders stay as they are.
mail-store-needs-reauthorisation-action = Reconnect the store
mail-store-needs-reauthorisation-unexpected = Did you take the permission away yourself? Then disconnect the store, and this mail does not come again.
