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

## The security of an account

mail-device = { $browser } on { $system }
mail-unknown-browser = an unknown browser
mail-unknown-system = an unknown system

mail-new-device-subject = New log-in to your { $portal } account
mail-new-device-preheader = Somebody logged in as you with a browser we did not know.
mail-new-device-heading = New log-in to your account
mail-new-device-body = On { $moment } somebody logged in to your account from a browser that you had not used before: { $device }, from the address { $address }.
mail-new-device-action = See where you are logged in
mail-new-device-unexpected = Was it you? Then there is nothing to do. Was it not you? End that session, change your password now and tell { $company }.

mail-two-factor-on-subject = Two-factor authentication is on
mail-two-factor-on-preheader = From now on you log in with a code as well.
mail-two-factor-on-heading = Two-factor authentication is on
mail-two-factor-on-body = Since { $moment } you log in with your password and a code of the app on your phone. Keep your recovery codes where you find them without the phone.
mail-two-factor-on-action = See your security settings
mail-two-factor-on-unexpected = Was it not you? Tell { $company } now: you cannot log in without that code.

mail-two-factor-off-subject = Two-factor authentication is off
mail-two-factor-off-preheader = From now on your password alone lets you in.
mail-two-factor-off-heading = Two-factor authentication is off
mail-two-factor-off-body = Since { $moment } your password alone is enough to log in to your account. The codes of the app on your phone and your recovery codes no longer work.
mail-two-factor-off-action = See your security settings
mail-two-factor-off-unexpected = Was it neither you nor somebody you asked? Change your password now, set up two-factor authentication again and tell { $company }.

mail-recovery-code-used-subject = One of your recovery codes was used
mail-recovery-code-used-preheader =
    { $codes ->
        [one] You have one recovery code left.
       *[other] You have { $codes } recovery codes left.
    }
mail-recovery-code-used-heading = One of your recovery codes was used
mail-recovery-code-used-body = On { $moment } one of your recovery codes was used in place of a code of the app on your phone. It does not work again. { $codes ->
        [0] You have none left: make new ones.
        [one] You have one left.
       *[other] You have { $codes } left.
    }
mail-recovery-code-used-action = See your security settings
mail-recovery-code-used-unexpected = Was it not you? Change your password now, make new recovery codes and tell { $company }.

## Stores

mail-store-needs-reauthorisation-subject = Reconnect your store { $store }
mail-store-needs-reauthorisation-preheader = Its orders do not come in until you do.
mail-store-needs-reauthorisation-heading = { $store } must be reconnected
mail-store-needs-reauthorisation-body = The store { $store } no longer accepts the connection with { $portal }. Until you reconnect it, its orders do not come in and it hears nothing of what is shipped. Products, connections and orders stay as they are.
mail-store-needs-reauthorisation-action = Reconnect the store
mail-store-needs-reauthorisation-unexpected = Did you take the permission away yourself? Then disconnect the store, and this mail does not come again.
mail-data-requested-subject = A buyer of { $store } asks for their data
mail-data-requested-preheader = Send them what their orders say about them.
mail-data-requested-heading = A buyer asks for their data
mail-data-requested-body = A buyer of the store { $store } has asked what is kept about them. { $count ->
        [0] { $portal } keeps no order of theirs: tell them so.
        [one] { $portal } keeps this order of theirs: { $orders }. Send them what it says about them within a month.
       *[other] { $portal } keeps these orders of theirs: { $orders }. Send them what they say about them within a month.
    }
mail-data-requested-action = See the orders
mail-data-requested-unexpected = You get this mail because you are responsible for { $customer }. The store’s own platform tells you who the buyer is.
