//! The card of the station's key, a countersignature by command, the paper acts, and what the station
//! does for its keys in memory: as a person and other programs see them.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use invigil::archive::{BagInfo, PaperAct, PartWriter};
use invigil::journal::Group;
use invigil::signing::{DeviceKey, KeyCard};
use ring::rand::SystemRandom;

fn invigil(data: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_invigil"));
    command.args(["--lang", "en", "--data"]).arg(data).args(arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    // One that needs no input may have ended before.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn stdout(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(38), "{output:?}");
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn ssh_keygen(folder: &Path, arguments: &[&str]) -> bool {
    let mut command = Command::new("ssh-keygen");
    command.args(arguments).current_dir(folder);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}

const DAY: &str = "77-0101-2026-05-29-main";

/// A folder with a part 00 that holds one file.
fn sealed_part() -> (tempfile::TempDir, DeviceKey) {
    let folder = tempfile::tempdir().unwrap();
    let data = tempfile::tempdir().unwrap();
    let key = DeviceKey::create(&data.path().join("key"), &SystemRandom::new()).unwrap();
    let day = DAY.parse().unwrap();
    let mut part = PartWriter::create(folder.path(), &day, 0, Group::Delivered).unwrap();
    part.append_bytes(&"day.json".parse().unwrap(), b"{}").unwrap();
    let info = BagInfo {
        organization: "77-0101".to_owned(),
        date: "2026-05-29".parse().unwrap(),
        software: "invigil test".to_owned(),
    };
    part.close(&info, &key).unwrap();
    (folder, key)
}

/// The tag manifest of part 00, as a person takes it out.
fn tag_manifest(folder: &Path) -> PathBuf {
    let out = folder.join("unpacked");
    let part = folder.join(format!("{DAY}-00.zip"));
    let unzipped = Command::new("unzip").arg("-qo").arg(part).arg("-d").arg(&out).status().unwrap();
    assert!(unzipped.success());
    out.join(format!("{DAY}-00")).join("tagmanifest-sha256.txt")
}

/// What `ssh-keygen -Y verify` says of a signature beside part 00.
fn ssh_keygen_accepts(folder: &Path, role: &str, key: &Path) -> bool {
    let line = fs::read_to_string(key.with_extension("pub")).unwrap();
    fs::write(folder.join("signers"), format!("{role}@77-0101 {line}")).unwrap();
    let mut command = Command::new("ssh-keygen");
    command.args(["-Y", "verify", "-f", "signers", "-n", "invigil-archive", "-I"]);
    command.arg(format!("{role}@77-0101")).arg("-s").arg(format!("{DAY}-00.{role}.sshsig"));
    command.current_dir(folder).stdin(File::open(tag_manifest(folder)).unwrap());
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap().success()
}

#[test]
fn the_head_signs_with_a_key_file_and_the_member_elsewhere() {
    let (folder, _) = sealed_part();
    let day = folder.path();
    let keys = tempfile::tempdir().unwrap();
    let key = |name: &str| keys.path().join(name).display().to_string();
    assert!(ssh_keygen(keys.path(), &["-q", "-t", "ed25519", "-N", "открой сезам", "-f", "head"]));
    assert!(ssh_keygen(keys.path(), &["-q", "-t", "ecdsa", "-N", "", "-f", "member"]));
    let folder_name = day.display().to_string();
    let head_key = key("head");
    let countersign = ["countersign", "--role", "head", "--key", &head_key, &folder_name];

    let wrong = stderr(&invigil(day, &countersign, "open sesame\n"));
    assert!(wrong.contains("passphrase is wrong") && !wrong.contains("sesame"), "{wrong}");
    assert!(!day.join(format!("{DAY}-00.head.sshsig")).exists());
    assert!(stdout(&invigil(day, &countersign, "открой сезам\n")).contains("head.sshsig, key SHA256:"));
    assert!(ssh_keygen_accepts(day, "head", &keys.path().join("head")));

    // The member signs at another computer, with a kind of key that is used from no file here.
    let member_key = key("member");
    let from_file = ["countersign", "--role", "member", "--key", &member_key, &folder_name];
    assert!(stderr(&invigil(day, &from_file, "")).contains("ecdsa-sha2-nistp256"));
    let manifest = tag_manifest(day).display().to_string();
    assert!(ssh_keygen(
        keys.path(),
        &["-Y", "sign", "-q", "-f", "member", "-n", "invigil-archive", &manifest]
    ));
    let signature = format!("{manifest}.sig");
    let hand_in = |role: &'static str, file: &str| {
        invigil(day, &["countersign", "--role", role, "--signature", file, &folder_name], "")
    };
    assert!(stderr(&hand_in("head", &signature)).contains("is there already"));
    stdout(&hand_in("member", &signature));
    assert!(ssh_keygen_accepts(day, "member", &keys.path().join("member")));
    let p7s = keys.path().join("gost.p7s");
    fs::write(&p7s, b"0\x82national").unwrap();
    assert!(stdout(&hand_in("member", p7s.to_str().unwrap())).contains("not checked here"));
}

#[test]
fn what_does_not_hold_is_put_nowhere() {
    let (folder, _) = sealed_part();
    let day = folder.path();
    let folder_name = day.display().to_string();
    let keys = tempfile::tempdir().unwrap();
    assert!(ssh_keygen(keys.path(), &["-q", "-t", "ed25519", "-N", "", "-f", "head"]));
    let manifest = tag_manifest(day);
    let text = manifest.display().to_string();
    let signature = format!("{text}.sig");
    let hand_in = |role: &'static str, file: &str| {
        stderr(&invigil(day, &["countersign", "--role", role, "--signature", file, &folder_name], ""))
    };
    assert!(ssh_keygen(keys.path(), &["-Y", "sign", "-q", "-f", "head", "-n", "file", &text]));
    assert!(hand_in("head", &signature).contains("another purpose"));
    fs::remove_file(&signature).unwrap();
    fs::write(keys.path().join("other"), "another manifest").unwrap();
    assert!(ssh_keygen(keys.path(), &["-Y", "sign", "-q", "-f", "head", "-n", "invigil-archive", "other"]));
    assert!(
        hand_in("head", keys.path().join("other.sig").to_str().unwrap())
            .contains("not over this day's part 00")
    );
    assert!(hand_in("head", &text).contains("no signature"));

    let head_key = keys.path().join("head").display().to_string();
    let with_key = |role: &'static str| {
        invigil(day, &["countersign", "--role", role, "--key", &head_key, &folder_name], "")
    };
    stdout(&with_key("head"));
    assert!(stderr(&with_key("member")).contains("another role"));
    assert!(!day.join(format!("{DAY}-00.member.sshsig")).exists());

    let part = day.join(format!("{DAY}-00.zip"));
    let mut bytes = fs::read(&part).unwrap();
    let at = bytes.windows(2).position(|two| two == b"{}").unwrap();
    bytes[at] ^= 1;
    fs::write(&part, bytes).unwrap();
    assert!(stderr(&with_key("member")).contains("not as it was sealed"));
}

#[test]
fn the_card_and_the_acts_are_ready_for_paper() {
    let folder = tempfile::tempdir().unwrap();
    let (data, out) = (folder.path().join("data"), folder.path().join("out"));
    let key = DeviceKey::create(&DeviceKey::path_in(&data), &SystemRandom::new()).unwrap().public();
    let no_day = invigil(&data, &["act", "opening"], "");
    assert_eq!(no_day.status.code(), Some(36));

    let cards = folder.path().display().to_string();
    let shown = stdout(&invigil(&data, &["keys", "export", "--out", &cards], ""));
    assert!(shown.contains(&key.fingerprint()) && shown.contains('█'), "{shown}");
    let card: KeyCard =
        serde_json::from_str(&stdout(&invigil(&data, &["keys", "export", "--json"], ""))).unwrap();
    assert!(card.signers_line.starts_with("station@") && card.signers_line.contains(&key.to_string()));
    let text = fs::read_to_string(folder.path().join(format!("{}-key.txt", card.station))).unwrap();
    assert!(text.contains(&card.signers_line));
    assert!(folder.path().join(format!("{}-key.svg", card.station)).exists());
    let again = invigil(&data, &["keys", "export", "--out", &cards], "");
    assert_eq!(again.status.code(), Some(30), "a card is not overwritten");

    let rehearse = ["rehearse", "--seconds", "5", "--cameras", "pattern", "--out", out.to_str().unwrap()];
    stdout(&invigil(&data, &rehearse, ""));
    let data = fs::read_dir(data.join("rehearsals")).unwrap().next().unwrap().unwrap().path();
    let act = |which: &str| -> PaperAct {
        serde_json::from_str(&stdout(&invigil(&data, &["act", which, "--json"], ""))).unwrap()
    };
    let (opening, closing) = (act("opening"), act("closing"));
    assert!(opening.closing.is_none());
    let data_of_closing = closing.closing.clone().unwrap();
    assert!(data_of_closing.parts.len() >= 2 && data_of_closing.frames > 0 && data_of_closing.segments > 0);
    assert!(data_of_closing.codes.iter().any(|code| code.written), "{:?}", data_of_closing.codes);
    let svg = folder.path().join("act.svg");
    let words = stdout(&invigil(&data, &["act", "closing", "--svg", svg.to_str().unwrap()], ""));
    assert!(words.contains(&data_of_closing.closing_code.to_string()) && words.contains('█'), "{words}");
    assert!(fs::read_to_string(svg).unwrap().starts_with("<svg"));

    // Both codes read from paper and pasted after each other anchor the archive.
    let archive = fs::read_dir(&out).unwrap().next().unwrap().unwrap().path();
    let pasted = format!("{}\n{}", opening.code_text(), closing.code_text());
    let verified = invigil(&data, &["verify", archive.to_str().unwrap(), "--act", &pasted], "");
    assert!(stdout(&verified).starts_with("VALID · ANCHORED"), "{verified:?}");
}

#[test]
fn a_new_key_is_signed_for_by_the_old_one() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let missing = invigil(data, &["keys", "rotate"], "");
    assert_eq!(missing.status.code(), Some(35), "{missing:?}");
    let old = DeviceKey::create(&DeviceKey::path_in(data), &SystemRandom::new()).unwrap().public();
    let rotated: serde_json::Value =
        serde_json::from_str(&stdout(&invigil(data, &["keys", "rotate", "--json"], ""))).unwrap();
    assert_eq!(rotated["old"], old.fingerprint());
    let new = DeviceKey::open(&DeviceKey::path_in(data)).unwrap().public();
    assert_eq!(rotated["new"], new.fingerprint());

    fs::write(data.join("signers"), format!("station@77-0101 {old}\n")).unwrap();
    let mut check = Command::new("ssh-keygen");
    check.args(["-Y", "verify", "-f", "signers", "-I", "station@77-0101", "-n", "invigil-rotation"]);
    check.args(["-s", "keys/0001.sshsig"]).current_dir(data);
    check.stdin(File::open(data.join("keys/0001.json")).unwrap()).stdout(Stdio::null());
    assert!(check.status().unwrap().success());
    assert!(fs::read_to_string(data.join("keys/0001.json")).unwrap().contains(&new.to_string()));
    let told = stdout(&invigil(data, &["keys", "rotate"], ""));
    assert!(told.contains(&new.fingerprint()) && told.contains("keys export"), "{told}");
}

/// The key's file, and what it is to be searched for: its secret half.
fn key_file(data: &Path) -> (PathBuf, Vec<u8>) {
    let path = DeviceKey::path_in(data);
    let secret = fs::read(&path).unwrap()[16..48].to_vec();
    (path, secret)
}

fn holds(path: &Path, secret: &[u8]) -> bool {
    fs::read(path).unwrap().windows(secret.len()).any(|window| window == secret)
}

#[cfg(target_os = "linux")]
#[test]
fn a_sealed_key_signs_on_by_itself_and_its_successor_is_sealed_too() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let key = DeviceKey::create(&DeviceKey::path_in(data), &SystemRandom::new()).unwrap().public();
    let (path, secret) = key_file(data);
    let sealed = invigil(data, &["keys", "seal"], "");
    if String::from_utf8(Command::new("id").arg("-u").output().unwrap().stdout).unwrap().trim() != "0" {
        // The computer's own key is the administrator's.
        assert_eq!(sealed.status.code(), Some(35), "{sealed:?}");
        assert!(holds(&path, &secret));
        return;
    }
    assert!(stdout(&sealed).contains(&key.fingerprint()));
    assert!(!holds(&path, &secret));
    let once = fs::read(&path).unwrap();
    stdout(&invigil(data, &["keys", "seal"], ""));
    assert_eq!(fs::read(&path).unwrap(), once, "what is sealed stays as it is");
    assert!(stdout(&invigil(data, &["keys", "show"], "")).contains(&key.fingerprint()));

    let rotated: serde_json::Value =
        serde_json::from_str(&stdout(&invigil(data, &["keys", "rotate", "--json"], ""))).unwrap();
    assert_eq!(rotated["old"], key.fingerprint());
    let shown = stdout(&invigil(data, &["keys", "show"], ""));
    assert!(shown.contains(rotated["new"].as_str().unwrap()));
    assert!(DeviceKey::is_sealed(&path).unwrap());
    let beside: Vec<_> =
        fs::read_dir(path.parent().unwrap()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert!(!beside.iter().any(|name| name.to_string_lossy().starts_with("device.key.")), "{beside:?}");

    // On another computer the seal is of no use; what a service manager opened is.
    let mut foreign = fs::read(&path).unwrap();
    let at = foreign.len() / 2;
    foreign[at] = if foreign[at] == b'A' { b'B' } else { b'A' };
    fs::write(&path, &foreign).unwrap();
    let refused = invigil(data, &["keys", "show"], "");
    assert_eq!(refused.status.code(), Some(35));
    let told = String::from_utf8(refused.stderr).unwrap();
    assert!(told.contains("is sealed") && told.contains("keys restore"), "{told}");
    let opened = folder.path().join("opened");
    DeviceKey::create(&opened.join("invigil-device-key"), &SystemRandom::new()).unwrap();
    let mut show = Command::new(env!("CARGO_BIN_EXE_invigil"));
    show.args(["keys", "show", "--data"]).arg(data).env("CREDENTIALS_DIRECTORY", &opened);
    assert!(show.output().unwrap().status.success());
}

#[test]
fn a_deposited_key_comes_back_with_its_passphrase_where_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let (data, copy) = (folder.path().join("data"), folder.path().join("station.key"));
    let key = DeviceKey::create(&DeviceKey::path_in(&data), &SystemRandom::new()).unwrap().public();
    let (path, secret) = key_file(&data);
    let out = copy.display().to_string();
    let deposit = ["keys", "deposit", "--out", &out];
    let twice = |one: &str, other: &str| invigil(&data, &deposit, &format!("{one}\n{other}\n"));
    assert!(stderr(&twice("short", "short")).contains("too short"));
    assert!(stderr(&twice("correct horse", "correct house")).contains("differ"));
    assert!(!copy.exists());
    stdout(&twice("верная лошадь", "верная лошадь"));
    assert!(!holds(&copy, &secret));
    assert_eq!(twice("correct horse", "correct horse").status.code(), Some(30), "it is not overwritten");
    let public =
        Command::new("ssh-keygen").args(["-y", "-P", "верная лошадь", "-f"]).arg(&copy).output().unwrap();
    assert!(String::from_utf8(public.stdout).unwrap().starts_with(&key.to_string()));

    let restore =
        |data: &Path, passphrase: &str| invigil(data, &["keys", "restore", &out], &format!("{passphrase}\n"));
    assert_eq!(restore(&data, "верная лошадь").status.code(), Some(35), "there is a key");
    let other = folder.path().join("other");
    assert!(stderr(&restore(&other, "чужая лошадь")).contains("passphrase is wrong"));
    assert!(!DeviceKey::path_in(&other).exists());
    assert!(stdout(&restore(&other, "верная лошадь")).contains(&key.fingerprint()));
    assert_eq!(DeviceKey::open(&DeviceKey::path_in(&other)).unwrap().public(), key);

    // What does not open here is kept beside.
    fs::write(&path, "no key").unwrap();
    stdout(&restore(&data, "верная лошадь"));
    assert_eq!(DeviceKey::open(&path).unwrap().public(), key);
    assert_eq!(fs::read(path.with_added_extension("unopened")).unwrap(), b"no key");
}

/// A line of `/proc/PID/limits`: soft and hard.
#[cfg(target_os = "linux")]
fn limit(pid: u32, name: &str) -> Vec<String> {
    let limits = fs::read_to_string(format!("/proc/{pid}/limits")).unwrap();
    let line = limits.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.split_whitespace().take(2).map(str::to_owned).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn the_stations_memory_reaches_no_disk() {
    let folder = tempfile::tempdir().unwrap();
    let mut station = Command::new(env!("CARGO_BIN_EXE_invigil"))
        .arg("--data")
        .arg(folder.path())
        .arg("station")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut ready = String::new();
    BufReader::new(station.stdout.take().unwrap()).read_line(&mut ready).unwrap();
    let pid = station.id();
    let core = limit(pid, "Max core file size");
    let locked_limit = limit(pid, "Max locked memory");
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    station.kill().unwrap();
    station.wait().unwrap();
    assert_eq!(ready, "ready\n");
    assert_eq!(core, ["0", "0"]);
    let locked = status.lines().find_map(|line| line.strip_prefix("VmLck:")).unwrap();
    let locked_kb: u64 = locked.split_whitespace().next().unwrap().parse().unwrap();
    // Where the system lets it, all of it is locked.
    assert!(locked_limit[0] != "unlimited" || locked_kb > 0, "{status}");
}

/// A token in software, with keys of these kinds, each labelled by its kind.
#[cfg(feature = "pkcs11")]
struct Token {
    folder: tempfile::TempDir,
}

#[cfg(feature = "pkcs11")]
impl Token {
    const MODULE: &str = "/usr/lib/softhsm/libsofthsm2.so";

    fn new(kinds: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let tokens = folder.path().join("tokens");
        fs::create_dir(&tokens).unwrap();
        let config = format!("directories.tokendir = {}\nlog.level = ERROR\n", tokens.display());
        fs::write(folder.path().join("softhsm2.conf"), config).unwrap();
        let token = Self { folder };
        let init = ["--init-token", "--free", "--label", "head", "--so-pin", "12345678", "--pin", "4321"];
        token.run("softhsm2-util", &init);
        for (number, kind) in kinds.iter().enumerate() {
            let id = format!("{:02}", number + 1);
            let make = [
                "--module",
                Self::MODULE,
                "--token-label",
                "head",
                "--login",
                "--pin",
                "4321",
                "--keypairgen",
            ];
            let named = ["--key-type", kind, "--label", kind, "--id", &id, "--usage-sign"];
            token.run("pkcs11-tool", &[&make[..], &named[..]].concat());
        }
        token
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env("SOFTHSM2_CONF", self.folder.path().join("softhsm2.conf"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let output = self.command(program).args(arguments).output().unwrap();
        assert!(output.status.success(), "{program} {arguments:?}: {output:?}");
    }

    fn countersign(&self, day: &Path, pin: &str, more: &[&str]) -> Output {
        let mut command = self.command(env!("CARGO_BIN_EXE_invigil"));
        command.args(["--lang", "en", "countersign", "--role", "head", "--pkcs11", Self::MODULE]).args(more);
        let mut child = command.arg(day).spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(format!("{pin}\n").as_bytes());
        child.wait_with_output().unwrap()
    }
}

#[cfg(feature = "pkcs11")]
#[test]
fn the_head_signs_with_a_token() {
    let kinds = ["EC:edwards25519", "EC:prime256v1", "EC:secp384r1", "rsa:2048"];
    let token = Token::new(&kinds);
    for kind in kinds {
        let (folder, _) = sealed_part();
        let day = folder.path();
        let options = ["--token", "head", "--token-key", kind];
        let wrong = stderr(&token.countersign(day, "1111", &options));
        assert!(wrong.contains("PIN is wrong") && !wrong.contains("1111"), "{wrong}");
        stdout(&token.countersign(day, "4321", &options));
        // ssh-keygen judges it by the key that stands in it, whoever that is.
        let mut check = Command::new("ssh-keygen");
        check
            .args(["-Y", "check-novalidate", "-n", "invigil-archive", "-s"])
            .arg(format!("{DAY}-00.head.sshsig"));
        check.current_dir(day).stdin(File::open(tag_manifest(day)).unwrap());
        assert!(check.stdout(Stdio::null()).status().unwrap().success(), "{kind}");
    }
    let (folder, _) = sealed_part();
    assert!(stderr(&token.countersign(folder.path(), "4321", &["--token", "head"])).contains("4 keys"));
    assert!(stderr(&token.countersign(folder.path(), "4321", &["--token", "nobody"])).contains("nobody"));
}
