//! The shop's side of the wire to a gateway. Every exchange is kept raw.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use efecty_checkout::gateway::{
    self, Credentials, ErrorCode, Event, Gateway, GatewayError, HttpRequest, Options, PaymentRequest,
    StatusRequest,
};
use efecty_checkout::payer::Payer;

use super::answer::Trace;
use super::shop::pesos;
use super::vouchers::VoucherRow;
use crate::clock::{Clock, instant};
use crate::db::{Db, Fault};

/// Asks a gateway, and writes down what was asked and answered.
#[derive(Clone, Debug)]
pub struct Provider {
    gateway: Gateway,
    db: Db,
    clock: Clock,
    http: reqwest::Client,
    credentials: Credentials,
    options: Options,
    bearer: Arc<Mutex<Option<String>>>,
}

/// Why the gateway did not do what it was asked.
#[derive(Debug)]
pub enum ProviderError {
    /// It does not answer, or not in its documented form.
    Unavailable(String),
    /// It refused, in its own words.
    Refused(String),
    /// This server failed.
    Fault(Fault),
}

impl From<Fault> for ProviderError {
    fn from(fault: Fault) -> ProviderError {
        ProviderError::Fault(fault)
    }
}

impl From<GatewayError> for ProviderError {
    fn from(error: GatewayError) -> ProviderError {
        match error.code {
            ErrorCode::Refused => ProviderError::Refused(error.expected),
            _ => ProviderError::Unavailable(error.to_string()),
        }
    }
}

impl Provider {
    /// A client of the gateway at `base_url` that is confirmed to at `confirmation_url`.
    pub fn new(
        gateway: Gateway,
        (db, clock): (Db, Clock),
        base_url: String,
        confirmation_url: String,
        credentials: Credentials,
    ) -> Result<Provider, Fault> {
        let http = reqwest::Client::builder().timeout(Duration::from_secs(10)).build().map_err(Fault::new)?;
        let options = Options {
            base_url: Some(base_url),
            confirmation_url: Some(confirmation_url),
            payer_ip: Some("127.0.0.1".to_owned()),
            ..Options::default()
        };
        Ok(Provider { gateway, db, clock, http, credentials, options, bearer: Arc::default() })
    }

    /// The keys that verify confirmations.
    pub fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Asks for the voucher of a row; sent again, the same invoice gets the same answer.
    pub async fn create(
        &self,
        row: &VoucherRow,
        payer: &Payer,
        trace: &Trace,
    ) -> Result<String, ProviderError> {
        let (status, answer) = self.try_create(row, payer, trace).await?;
        if status != 401 {
            return Ok(answer);
        }
        // The session had ended: a new one, and once more.
        self.set_bearer(None);
        Ok(self.try_create(row, payer, trace).await?.1)
    }

    /// Announces a voucher to a gateway that issues it in two steps: the token of the second one.
    pub async fn announce(
        &self,
        row: &VoucherRow,
        payer: &Payer,
        trace: &Trace,
    ) -> Result<String, ProviderError> {
        let description = format!("Devolución del pedido {}", row.order_id);
        let request = self.request(row, &description, payer, &self.credentials, trace);
        let (_, answer) = self.exchange(gateway::token_request(self.gateway, &request)?, trace).await?;
        Ok(gateway::token_from_gateway(self.gateway, &answer)?)
    }

    /// Asks for the voucher that was announced under this token, which serves once.
    pub async fn pay_out(
        &self,
        row: &VoucherRow,
        payer: &Payer,
        token: String,
        trace: &Trace,
    ) -> Result<String, ProviderError> {
        let mut credentials = self.credentials.clone();
        credentials.set("token", token);
        let request = self.request(row, "", payer, &credentials, trace);
        Ok(self.exchange(gateway::payment_request(self.gateway, &request)?, trace).await?.1)
    }

    /// Asks where a payment stands.
    pub async fn status(&self, payment_id: &str, trace: &Trace) -> Result<Event, ProviderError> {
        let request = StatusRequest {
            payment_id,
            options: &self.options,
            credentials: &self.credentials,
            now: instant(self.clock.now()),
            nonce: &trace.0,
        };
        let request = gateway::status_request(self.gateway, &request)?;
        let (_, answer) = self.exchange(request, trace).await?;
        Ok(gateway::status_from_gateway(self.gateway, &answer)?)
    }

    async fn try_create(
        &self,
        row: &VoucherRow,
        payer: &Payer,
        trace: &Trace,
    ) -> Result<(u16, String), ProviderError> {
        let mut credentials = self.credentials.clone();
        credentials.set("bearer", self.bearer(trace).await?);
        let description = format!("Pedido {}", row.order_id);
        let request = self.request(row, &description, payer, &credentials, trace);
        self.exchange(gateway::payment_request(self.gateway, &request)?, trace).await
    }

    fn request<'a>(
        &'a self,
        row: &'a VoucherRow,
        description: &'a str,
        payer: &'a Payer,
        credentials: &'a Credentials,
        trace: &'a Trace,
    ) -> PaymentRequest<'a> {
        PaymentRequest {
            kind: row.kind,
            invoice: &row.invoice,
            description,
            amount: pesos(row.pesos),
            payer,
            options: &self.options,
            credentials,
            now: instant(self.clock.now()),
            nonce: &trace.0,
        }
    }

    async fn bearer(&self, trace: &Trace) -> Result<String, ProviderError> {
        let known = self.bearer.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(bearer) = known {
            return Ok(bearer);
        }
        let request = gateway::session_request(self.gateway, &self.credentials, &self.options)?;
        let (_, answer) = self.exchange(request, trace).await?;
        let bearer = gateway::session_from_gateway(self.gateway, &answer)?;
        self.set_bearer(Some(bearer.clone()));
        Ok(bearer)
    }

    fn set_bearer(&self, bearer: Option<String>) {
        *self.bearer.lock().unwrap_or_else(PoisonError::into_inner) = bearer;
    }

    async fn exchange(&self, request: HttpRequest, trace: &Trace) -> Result<(u16, String), ProviderError> {
        let answer = self.send(&request).await;
        let at = self.clock.now();
        let trace_id = trace.0.clone();
        let line = format!("{} {}", request.method, request.url);
        let (status, text) = match &answer {
            Ok((status, text)) => (Some(*status), text.clone()),
            Err(error) => (None, error.clone()),
        };
        self.db
            .write(move |tx| {
                tx.execute(
                    "INSERT INTO gateway_exchanges (at, trace_id, request, request_body, answer_status, answer)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    (at, trace_id, line, request.body, status, text),
                )?;
                Ok::<_, Fault>(())
            })
            .await?;
        answer.map_err(ProviderError::Unavailable)
    }

    async fn send(&self, request: &HttpRequest) -> Result<(u16, String), String> {
        let mut builder = match request.method {
            "GET" => self.http.get(&request.url),
            _ => self.http.post(&request.url),
        };
        for (name, value) in &request.headers {
            builder = builder.header(*name, value);
        }
        let answer = builder.body(request.body.clone()).send().await.map_err(|error| error.to_string())?;
        let status = answer.status().as_u16();
        let text = answer.text().await.map_err(|error| error.to_string())?;
        Ok((status, text))
    }
}
