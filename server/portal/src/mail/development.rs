//! Where mails go when nobody has set up a mail server.

use super::settings::{ConfigProblem, MailSettings, SmtpSettings};
use crate::settings::Environment;

/// Where mails go.
#[derive(Clone, Debug)]
pub enum Route {
    /// To this mail server.
    Server(SmtpSettings),
    /// To the built-in mail catcher, which the process starts on loopback and speaks SMTP to like to any
    /// other server. Development only.
    BuiltInCatcher,
}

impl MailSettings {
    /// Where mails go in this environment.
    ///
    /// # Errors
    /// The first setting that cannot be worked with. In production a missing mail server is one.
    pub fn route(&self, environment: Environment) -> Result<Route, ConfigProblem> {
        match (&self.smtp, environment) {
            (Some(smtp), _) => {
                self.check_from_address()?;
                smtp.check(environment)?;
                Ok(Route::Server(smtp.clone()))
            }
            (None, Environment::Development) => Ok(Route::BuiltInCatcher),
            (None, Environment::Production) => Err(ConfigProblem::SmtpMissing),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mail::settings::{Password, Tls};

    fn complete() -> MailSettings {
        let smtp = SmtpSettings {
            tls: Tls::Implicit,
            user: Some("portal".to_owned()),
            password: Some(Password::new("s3cret")),
            ..SmtpSettings::plain("mail.example", 465)
        };
        MailSettings {
            from_address: Some("portal@levante.example".to_owned()),
            smtp: Some(smtp),
            ..Default::default()
        }
    }

    #[test]
    fn only_development_does_without_a_mail_server() {
        let nothing = MailSettings::default();
        assert!(matches!(
            nothing.route(Environment::Development),
            Ok(Route::BuiltInCatcher)
        ));
        assert_eq!(
            nothing.validate(Environment::Production),
            Err(ConfigProblem::SmtpMissing)
        );
        assert_eq!(complete().validate(Environment::Production), Ok(()));
    }

    #[test]
    fn settings_that_cannot_work_are_named() {
        let problem = |change: fn(&mut MailSettings, &mut SmtpSettings)| {
            let mut settings = complete();
            let mut smtp = settings.smtp.take().unwrap();
            change(&mut settings, &mut smtp);
            settings.smtp = Some(smtp);
            settings.validate(Environment::Production).unwrap_err()
        };
        assert_eq!(
            problem(|mail, _| mail.from_address = None),
            ConfigProblem::FromAddressMissing
        );
        assert!(matches!(
            problem(|mail, _| mail.from_address = Some("nobody".to_owned())),
            ConfigProblem::FromAddressInvalid(_)
        ));
        assert_eq!(problem(|_, smtp| smtp.host.clear()), ConfigProblem::HostMissing);
        assert_eq!(
            problem(|_, smtp| smtp.user = None),
            ConfigProblem::CredentialsIncomplete
        );
        assert_eq!(
            problem(|_, smtp| smtp.tls = Tls::None),
            ConfigProblem::PasswordUnprotected
        );
    }

    #[test]
    fn the_password_is_shown_nowhere() {
        let settings = complete();
        assert!(!format!("{settings:?}").contains("s3cret"));
        assert!(!serde_json::to_string(&settings).unwrap().contains("s3cret"));
    }
}
