//! A browser without a window, driven over its debugging pipe (Chrome DevTools Protocol).

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// Tells, once the page knows it, what came of a verification, or the problem that it shows.
const STARTED: &str = "new Promise((done) => {
    const tell = () => {
        if (byId('result').dataset.verdict) done(finished.result);
        else if (!byId('problem').hidden) done({ problem: byId('problem').textContent });
    };
    new MutationObserver(tell).observe(document.body, { subtree: true, attributes: true, childList: true });
    byId('form').requestSubmit();
})";

pub struct Browser {
    process: Child,
    to: File,
    from: BufReader<File>,
    calls: u64,
    session: Option<String>,
    /// Every address that was asked for since the page was opened.
    pub requests: Vec<String>,
    /// What went wrong in the page by itself.
    pub errors: Vec<Value>,
    _folder: tempfile::TempDir,
}

impl Browser {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pipes = ["to", "from"].map(|name| folder.path().join(name));
        assert!(Command::new("mkfifo").args(&pipes).status().unwrap().success());
        let process = Command::new("bash")
            .args(["-c", "exec 3<\"$1\" 4>\"$2\"; shift 2; exec chromium \"$@\"", "chromium"])
            .args(&pipes)
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--lang=en"])
            .args(["--autoplay-policy=no-user-gesture-required", "--remote-debugging-pipe"])
            .arg(format!("--user-data-dir={}", folder.path().join("profile").display()))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("bash is there");
        let to = File::options().write(true).open(&pipes[0]).unwrap();
        let from = BufReader::new(File::open(&pipes[1]).unwrap());
        let (requests, errors) = (Vec::new(), Vec::new());
        let mut browser =
            Self { process, to, from, calls: 0, session: None, requests, errors, _folder: folder };
        let target = browser.call("Target.createTarget", json!({ "url": "about:blank" }));
        let attach = json!({ "targetId": target["targetId"], "flatten": true });
        let session = browser.call("Target.attachToTarget", attach);
        browser.session = session["sessionId"].as_str().map(str::to_owned);
        for domain in ["Page", "Runtime", "DOM", "Network", "Log"] {
            browser.call(&format!("{domain}.enable"), json!({}));
        }
        browser
    }

    /// Opens the page as it lies in the repository.
    pub fn open_page(&mut self) {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/verifier.html");
        (self.requests, self.errors) = (Vec::new(), Vec::new());
        self.call("Page.navigate", json!({ "url": format!("file://{}", page.display()) }));
        while self.next()["method"] != "Page.loadEventFired" {}
    }

    /// Puts files into one of the page's inputs.
    pub fn choose(&mut self, input: &str, paths: &[PathBuf]) {
        let document = self.call("DOM.getDocument", json!({}));
        let found = self
            .call("DOM.querySelector", json!({ "nodeId": document["root"]["nodeId"], "selector": input }));
        self.call("DOM.setFileInputFiles", json!({ "nodeId": found["nodeId"], "files": paths }));
    }

    /// The value of an expression in the page; of a promise once it is kept.
    pub fn evaluate(&mut self, expression: &str) -> Value {
        let call = json!({ "expression": expression, "awaitPromise": true, "returnByValue": true });
        let answer = self.call("Runtime.evaluate", call);
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// What the page concludes from these files: the report, and what is shown beside it.
    pub fn verification(&mut self, paths: &[PathBuf], signers: Option<&Path>, act: &str) -> Value {
        self.open_page();
        self.choose("#files", paths);
        self.choose("#signers", &signers.map(Path::to_owned).into_iter().collect::<Vec<_>>());
        self.evaluate(&format!("byId('act').value = {}", json!(act)));
        self.told()
    }

    /// As [`Self::verification`], with lists of known and of revoked keys.
    pub fn verification_revoked(&mut self, paths: &[PathBuf], signers: &Path, revoked: &Path) -> Value {
        self.open_page();
        self.choose("#files", paths);
        self.choose("#signers", &[signers.to_owned()]);
        self.choose("#revoked", &[revoked.to_owned()]);
        self.told()
    }

    fn told(&mut self) -> Value {
        let told = self.evaluate(STARTED);
        assert_eq!(self.errors, Vec::<Value>::new());
        told
    }

    fn call(&mut self, method: &str, params: Value) -> Value {
        self.calls += 1;
        let mut message = json!({ "id": self.calls, "method": method, "params": params });
        if let Some(session) = &self.session {
            message["sessionId"] = json!(session);
        }
        let mut bytes = serde_json::to_vec(&message).unwrap();
        bytes.push(0);
        self.to.write_all(&bytes).unwrap();
        loop {
            let mut answer = self.next();
            if answer["id"] == self.calls {
                assert!(answer["error"].is_null(), "{method}: {answer}");
                return answer["result"].take();
            }
        }
    }

    /// The next thing that the browser says; what tests ask for is kept.
    fn next(&mut self) -> Value {
        let mut bytes = Vec::new();
        self.from.read_until(0, &mut bytes).unwrap();
        assert_eq!(bytes.pop(), Some(0), "the browser ended");
        let said: Value = serde_json::from_slice(&bytes).unwrap();
        match said["method"].as_str() {
            Some("Network.requestWillBeSent") => {
                self.requests.extend(said["params"]["request"]["url"].as_str().map(str::to_owned));
            }
            Some("Runtime.exceptionThrown") => self.errors.push(said["params"].clone()),
            _ => {}
        }
        said
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// All files of a folder.
pub fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
