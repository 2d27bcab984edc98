//! Strangers at the socket: other users of the computer, and bytes that no client sends.

use std::fs;
use std::io::{Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::process::Command as Process;

use invigil::station::protocol::{Answer, Command, ProfileCommand, Request, Update};

use crate::killed::{dial, launch};
use crate::point::*;

/// Answers that wait at once; more than 256 and the station cuts the line off.
const ASKED: u64 = 200;
/// More than a socket holds.
const FULL_BYTES: usize = 400_000;

fn socket(data: &Path) -> PathBuf {
    data.join("station.sock")
}

fn frame(bytes: &[u8]) -> Vec<u8> {
    [&(bytes.len() as u32).to_le_bytes(), bytes].concat()
}

/// The station says everything that it has to say, and closes the line.
fn is_cut_off(data: &Path, bytes: &[u8]) {
    let mut stream = UnixStream::connect(socket(data)).unwrap();
    // It may be gone before all of it is written.
    let _ = stream.write_all(bytes);
    let mut said = Vec::new();
    match stream.read_to_end(&mut said) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::ConnectionReset),
    }
}

#[test]
fn garbage_ends_its_own_line_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let station = launch(data);
    let mut client = dial(data);
    begin_day(&mut client);
    let deep = format!("{{\"id\":1,\"command\":{}", "[".repeat(60_000));
    let garbage: [&[u8]; 9] = [
        b"",
        b"{}",
        b"\xff\xfe",
        b"{\"id\":1,\"command\":\"open_the_gates\",\"approval\":null}",
        b"{\"id\":-1,\"command\":\"seal\",\"approval\":null}",
        b"{\"id\":1,\"command\":\"seal\",\"approval\":{\"person\":\"../head\",\"pin\":\"1\"}}",
        b"{\"id\":1,\"command\":{\"records\":{\"from\":1e99,\"count\":1}},\"approval\":null}",
        b"{\"id\":1,\"command\":{\"sign_in\":{\"person\":\"technician\"}},\"approval\":null}",
        deep.as_bytes(),
    ];
    for bytes in garbage {
        is_cut_off(data, &frame(bytes));
    }
    is_cut_off(data, &u32::MAX.to_le_bytes());
    is_cut_off(data, &frame(&vec![b' '; 64 * 1024 + 1]));
    // More lines than the station has room for.
    let lines: Vec<_> = (0..64).map(|_| UnixStream::connect(socket(data)).unwrap()).collect();
    drop(lines);
    client.ask(Command::StartRecording { cameras: Vec::new() }).unwrap();
    wait_for_frames(&mut client, 5);
    stop(&mut client);
    drop(station);
}

/// Also if the client has not read anything for a while, and the answers before it fill the socket.
#[test]
fn a_station_that_is_shut_down_says_so_before_it_ends() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let mut station = launch(data);
    people(&mut dial(data));
    let mut stream = UnixStream::connect(socket(data)).unwrap();
    let ask =
        |id: u64, command| frame(&serde_json::to_vec(&Request { id, command, approval: None }).unwrap());
    stream.write_all(&ask(0, Command::SignIn { person: "technician".parse().unwrap(), pin: pin() })).unwrap();
    for id in 1..=ASKED {
        stream.write_all(&ask(id, Command::Profile(ProfileCommand::Read))).unwrap();
    }
    stream.write_all(&ask(ASKED + 1, Command::Shutdown)).unwrap();
    // Until nothing of it runs any more but what talks to clients.
    let threads = || fs::read_dir(format!("/proc/{}/task", station.0.id())).into_iter().flatten().flatten();
    let is_writer =
        |thread: fs::DirEntry| fs::read(thread.path().join("comm")).is_ok_and(|name| name == b"writer\n");
    while threads().any(is_writer) {
        std::thread::yield_now();
    }

    let mut said = Vec::new();
    stream.read_to_end(&mut said).unwrap();
    assert!(said.len() > FULL_BYTES, "{} bytes wait in no socket", said.len());
    let (mut rest, mut answers) = (&said[..], Vec::new());
    while let Some((length, after)) = rest.split_first_chunk::<4>() {
        let (update, after) = after.split_at(u32::from_le_bytes(*length) as usize);
        match serde_json::from_slice(update).unwrap() {
            Update::Answer { id, result } if id > ASKED => answers.push(result),
            _ => {}
        }
        rest = after;
    }
    assert_eq!(answers, [Ok(Answer::Done)]);
    assert!(station.0.wait().unwrap().success());
}

/// Even where the folder and the socket let everybody in, the station asks the system who it is.
#[test]
fn another_user_of_the_computer_is_turned_away() {
    if !rustix::process::geteuid().is_root() {
        eprintln!("only root can be another user: not tried");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path();
    let station = launch(data);
    for path in [data.to_owned(), socket(data)] {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o777)).unwrap();
    }
    let hears = "import socket, sys\ns = socket.socket(socket.AF_UNIX)\ns.connect(sys.argv[1])\n\
                 try:\n    print(len(s.recv(4)))\nexcept ConnectionResetError:\n    print(0)\n";
    let said = |program: &mut Process| {
        let output = program.args(["/usr/bin/python3", "-c", hears]).arg(socket(data)).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{told}");
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    };
    let nobody = ["--reuid=65534", "--regid=65534", "--clear-groups"];
    assert_eq!(said(Process::new("setpriv").args(nobody)), "0", "hears nothing");
    assert_eq!(said(&mut Process::new("env")), "4", "the own user is greeted");
    drop(station);
}
