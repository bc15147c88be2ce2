//! Etsy as the portal uses it.

use std::sync::Arc;

use connectors::Outbound;
use connectors::etsy::{
    App, Connection, Credentials, Hosts, Quota, QuotaLeft, Verifier, exchange_code, refresh, verify_callback,
    verify_notice,
};
use connectors::store::{
    self, Arrived, AuthorisationError, Notice, NoticeRefused, Secret, StoreConnection, Surroundings, Wire,
};
use domain::{Platform, Problem};

use super::{EtsySettings, read, written};
use crate::stores::{AuthorisationAnswer, AuthorisationRequest, Granted, Shop};

/// Our application at Etsy.
#[derive(Debug)]
pub(super) struct Etsy {
    outbound: Outbound,
    app: App,
    /// What webhooks are signed with: now, and until lately.
    secrets: Vec<Secret>,
    /// All shops share one.
    quota: Arc<Quota>,
}

impl Etsy {
    /// The application; none when the deployment has not set it up.
    pub(super) fn new(outbound: &Outbound, settings: &EtsySettings) -> Result<Option<Self>, Problem> {
        let (Some(keystring), Some(shared_secret)) = (&settings.keystring, &settings.shared_secret) else {
            return Ok(None);
        };
        let hosts = match &settings.base_url {
            Some(base) => Hosts::parse(base)?,
            None => Hosts::default(),
        };
        let secrets = [&settings.webhook_secret, &settings.former_webhook_secret];
        Ok(Some(Self {
            outbound: outbound.clone(),
            app: App {
                keystring: keystring.clone(),
                shared_secret: shared_secret.clone(),
                hosts,
            },
            secrets: secrets.into_iter().flatten().cloned().collect(),
            quota: Arc::default(),
        }))
    }

    pub(super) fn quota_left(&self) -> Option<QuotaLeft> {
        self.quota.left()
    }

    fn wire(&self, around: Arc<dyn Surroundings>) -> Wire {
        Wire::new(self.outbound.clone(), around, self.quota.clone())
    }

    pub(super) fn open(
        &self,
        credentials: &Secret,
        around: Arc<dyn Surroundings>,
    ) -> store::Result<Arc<dyn StoreConnection>> {
        let credentials: Credentials = read(credentials)?;
        Ok(Arc::new(Connection::new(
            self.wire(around),
            &self.app,
            &credentials,
        )?))
    }

    pub(super) async fn renew(
        &self,
        credentials: &Secret,
        around: Arc<dyn Surroundings>,
    ) -> store::Result<Granted> {
        granted(&refresh(&self.wire(around), &self.app, &read(credentials)?).await?)
    }

    pub(super) fn page(&self, request: &AuthorisationRequest<'_>) -> Result<String, Problem> {
        let verifier = verifier(request.verifier).map_err(|_| Problem::new("invalid-key"))?;
        self.app
            .authorisation_url(request.callback, request.state, &verifier)
    }

    pub(super) async fn authorise(
        &self,
        answer: &AuthorisationAnswer<'_>,
        around: Arc<dyn Surroundings>,
    ) -> Result<(Shop, Granted), AuthorisationError> {
        let code = verify_callback(answer.query, answer.state)?;
        let kept = answer.verifier.ok_or(AuthorisationError::Expired)?;
        let verifier = verifier(kept)?;
        let wire = self.wire(around);
        let credentials = exchange_code(&wire, &self.app, answer.callback, &code, &verifier).await?;
        let shop = Shop {
            platform: Platform::Etsy,
            address: credentials.shop.to_string(),
            external_id: None,
        };
        Ok((shop, granted(&credentials)?))
    }

    pub(super) fn verify_notice(&self, arrived: &Arrived<'_>) -> Result<Notice, NoticeRefused> {
        verify_notice(&self.secrets, arrived)
    }
}

fn verifier(kept: &Secret) -> store::Result<Verifier> {
    let text = serde_json::Value::String(kept.reveal().to_owned());
    serde_json::from_value(text).map_err(|error| store::ConnectionError::Interrupted(error.to_string()))
}

fn granted(credentials: &Credentials) -> store::Result<Granted> {
    written(credentials, Some(credentials.expires_at))
}
