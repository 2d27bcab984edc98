//! Asking and waiting for the answer: for subcommands and tests, never for the window.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use super::{Connection, ConnectionLost, Heed};
use crate::clock::Clock;
use crate::i18n::Message;
use crate::station::protocol::{Answer, Approval, Command, Request, Update, View};

/// A connection used by one question at a time.
pub struct Dialogue {
    connection: Box<dyn Connection>,
    clock: Arc<dyn Clock>,
    came: Arc<(Mutex<bool>, Condvar)>,
    next_id: u64,
    view: Option<Box<View>>,
}

#[derive(Debug, thiserror::Error)]
pub enum DialogueError {
    #[error(transparent)]
    Lost(#[from] ConnectionLost),
    /// The station said no, and why.
    #[error("refused: {0}")]
    Refused(Message),
    #[error("no answer within {0:?}")]
    NoAnswer(Duration),
}

impl Dialogue {
    pub fn new(mut connection: Box<dyn Connection>, clock: Arc<dyn Clock>) -> Self {
        let came = Arc::new((Mutex::new(true), Condvar::new()));
        let signal = Arc::clone(&came);
        connection.on_update(
            Heed::Everything,
            Box::new(move || {
                *signal.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
                signal.1.notify_all();
            }),
        );
        Self { connection, clock, came, next_id: 1, view: None }
    }

    /// Asks and waits for the answer.
    pub fn ask(&mut self, command: Command) -> Result<Answer, DialogueError> {
        self.ask_with(command, None)
    }

    pub fn ask_with(
        &mut self,
        command: Command,
        approval: Option<Approval>,
    ) -> Result<Answer, DialogueError> {
        const PATIENCE: Duration = Duration::from_secs(60);
        let id = self.next_id;
        self.next_id += 1;
        self.connection.send(Request { id, command, approval })?;
        let mut answer = None;
        self.pump(PATIENCE, |update| match update {
            Update::Answer { id: of, result } if *of == id => {
                answer = Some(result.clone());
                true
            }
            _ => false,
        })?;
        match answer {
            Some(Ok(answer)) => Ok(answer),
            Some(Err(message)) => Err(DialogueError::Refused(message)),
            None => Err(DialogueError::NoAnswer(PATIENCE)),
        }
    }

    /// The newest view that has come; waits for a first one.
    pub fn view(&mut self) -> Result<&View, DialogueError> {
        self.wait_for(Duration::from_secs(10), |_| true)
    }

    /// Waits until a view satisfies `condition`; looks at the newest one first.
    pub fn wait_for(
        &mut self,
        patience: Duration,
        mut condition: impl FnMut(&View) -> bool,
    ) -> Result<&View, DialogueError> {
        if !self.view.as_deref().is_some_and(&mut condition) {
            self.pump(patience, |update| match update {
                Update::View(view) => condition(view),
                _ => false,
            })?;
        }
        self.view.as_deref().ok_or(DialogueError::NoAnswer(patience))
    }

    /// The connection itself, for what is not a question.
    pub fn connection(&mut self) -> &mut dyn Connection {
        &mut *self.connection
    }

    /// Takes updates until one `is_it`.
    fn pump(
        &mut self,
        patience: Duration,
        mut is_it: impl FnMut(&Update) -> bool,
    ) -> Result<(), DialogueError> {
        let deadline_ms = self.clock.now().mono_ms + patience.as_millis() as u64;
        loop {
            while let Some(update) = self.connection.poll()? {
                let found = is_it(&update);
                if let Update::View(view) = update {
                    self.view = Some(view);
                }
                if found {
                    return Ok(());
                }
            }
            let left = Duration::from_millis(deadline_ms.saturating_sub(self.clock.now().mono_ms));
            if left.is_zero() {
                return Err(DialogueError::NoAnswer(patience));
            }
            let flag = self.came.0.lock().unwrap_or_else(PoisonError::into_inner);
            let (mut flag, _) = self
                .came
                .1
                .wait_timeout_while(flag, left, |came| !*came)
                .unwrap_or_else(PoisonError::into_inner);
            *flag = false;
        }
    }
}
