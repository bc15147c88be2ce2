# Getting in and being somebody.

account-log-in-title = Log in
account-log-in-lede = With the address your invitation was sent to.
account-log-in = Log in
account-email = Email
account-password = Password
account-forgot-link = Forgot it?
