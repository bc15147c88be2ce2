# Getting in and being somebody.

account-log-in-title = Log in
account-log-in-lede = With the address your invitation was sent to.
account-log-in = Log in
account-email = Email
account-password = Password
account-forgot-link = Forgot it?
account-language = Language
account-first-name = First name
account-last-name = Last name
account-email-is-user-name = This is your user name to log in.
account-back-to-log-in = Back to log in
account-choose-customer-title = Whom do you work for now?
account-choose-customer-lede = You belong to several customers. You can switch at any time, from the account menu.
account-choose-customer-log-out = Log out
account-session-ended = Your session had ended
account-session-ended-kept = The form was not sent. Log in again: you find it as you filled it in.
account-session-ended-files = The form was not sent. Log in again: you find it as you filled it in, but for its files. Choose those again.
account-session-ended-lost = The form was not sent, and it was too long to be kept. Log in again and fill it in anew.
account-forgot-title = Set a new password
account-forgot-lede = We send you a link that works for 30 minutes.
account-forgot-send = Send me a link
account-reset-title = Choose a new password
account-reset-lede = You stay logged in here; everywhere else you log in again.
account-reset-save = Save password and enter
account-new-password = New password
account-old-password = Current password
account-choose-password = Password
account-password-help = 12 characters or more. Several words that do not belong together are good.
account-your-password = Your password
account-your-password-help = You have an account already: confirm with its password.
account-invitation-title = Hello, { $name }. Create your account
account-invitation-lede = { $company } gives you access to its portal for { $customer }.
account-invitation-operator-lede = { $company } invites you to its operator console.
account-invitation-accept = Create account and enter
account-invitation-confirm-title = Hello, { $name }. Accept your access
account-invitation-confirm = Accept access
account-invitation-expires = The invitation expires on { $date }.
account-invitation-dead = This invitation does not work
account-setup-title = Create the first operator
account-setup-lede = The first operator is an administrator and can invite the others.
account-setup-create = Create account and enter
account-profile-title = Profile
account-profile-you = About you
account-profile-save = Save profile
account-time-zone = Time zone
account-theme = Appearance
account-password-note = Changing it ends your sessions on other devices.
account-password-save = Change password

## Continents of time zones

account-zone-africa = Africa
account-zone-america = America
account-zone-antarctica = Antarctica
account-zone-arctic = Arctic
account-zone-asia = Asia
account-zone-atlantic = Atlantic
account-zone-australia = Australia
account-zone-europe = Europe
account-zone-indian = Indian Ocean
account-zone-pacific = Pacific

## Two steps

account-code = Code
account-code-title = Enter your code
account-code-lede = Now the second step.
account-code-or-recovery = Six digits from the app on your phone. Without it: one of your recovery codes.
account-code-restart = Log in as somebody else
account-confirm = Confirm
account-confirm-title = Is it you?
account-confirm-lede = You gave your password a while ago. Give it again before you go on; nothing you typed is lost.
account-confirm-back = Back without confirming
account-two-factor = Two-factor authentication
account-two-factor-note = A code of an app on your phone besides your password: who only knows the password does not get in.
account-two-factor-is-on = On
account-two-factor-is-off = Off
account-two-factor-since = On since
account-two-factor-set-up = Set up two-factor authentication
account-two-factor-lede = Then who only knows your password does not get in.
account-two-factor-first = Set up the second step first
account-two-factor-first-text = What you were doing was not done: since now operators need a second step here. When it is set up, you find your form as it was.
account-form-waits = The form you were sending waits
account-form-waits-back = Back to the form
account-two-factor-needed = { $company } wants operators to log in with a second step. Set it up to go on.
account-two-factor-app = You need an app for such codes on your phone. Google Authenticator, Microsoft Authenticator, Aegis and most password managers will do.
account-two-factor-start = Begin
account-two-factor-scan = Scan this picture with the app.
account-two-factor-picture = QR code with the key for the app. The key follows as text.
account-two-factor-type = If you cannot scan it, type this key into the app:
account-two-factor-code-help = The six digits that the app shows now.
account-two-factor-switch-on = Switch on
account-two-factor-not-now = Not now
account-two-factor-stays = { $company } wants operators to log in with a second step.
account-two-factor-switch-off = Switch off
account-two-factor-switch-off-menu = Switch off…
account-two-factor-switch-off-note = From then on your password alone lets you in.
account-codes = Recovery codes
account-codes-left = { $left } of { $all } left
account-codes-renew = Make new codes
account-codes-once = Each lets you in once without your phone. They are shown only now: print them or keep them in your password manager. Older ones no longer work.
account-codes-go-on = I have kept them: go on

done-two-factor-on = Two-factor authentication is on
done-two-factor-off = Two-factor authentication is off
done-codes-renewed = New recovery codes made

problem-wrong-code = This code is not right. Look at the app again
problem-code-used = This code was used already. Wait for the next one
problem-wrong-recovery-code = This is neither a code of the app nor a recovery code that still works
problem-two-factor-is-on = Two-factor authentication is on already
problem-two-factor-is-off = Two-factor authentication is off already
problem-two-factor-not-begun = Too much time has passed. Begin again
problem-two-factor-needed = Operators need two-factor authentication here

## Sessions

account-sessions = Where you are logged in
account-sessions-note = If you do not recognise one, end it and change your password.
account-sessions-device = { $browser } on { $system }
account-sessions-unknown-browser = Unknown browser
account-sessions-unknown-system = unknown system
account-sessions-no-address = unknown address
account-sessions-facts = { $address } · since { $since } · last seen { $seen }
account-sessions-this = This session
account-sessions-end = End
account-sessions-end-this = End the session of { $device }
account-sessions-end-others = End all others

done-session-ended = Session ended
done-sessions-ended = All your other sessions have ended
