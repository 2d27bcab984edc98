//! The kernel, systemd's logind, the desktop that is running, and X.

use std::path::Path;

use super::{Setting, SettingKind, SettingState};
use crate::checks::asking::{SOON, ask, entries, running, said, unclear, value};
use crate::checks::{CheckContext, RunProgram};
use crate::i18n::Message;

/// A desktop's own daemon, and the settings that it follows: what each is for, where it stands, and
/// what says "never".
struct Desktop {
    daemon: &'static str,
    settings: &'static [(SettingKind, &'static str, &'static str, &'static [&'static str])],
}

const DESKTOPS: [Desktop; 6] = [
    Desktop {
        daemon: "gsd-power",
        settings: &[
            (
                SettingKind::Sleep,
                "org.gnome.settings-daemon.plugins.power",
                "sleep-inactive-ac-type",
                &["'nothing'"],
            ),
            (SettingKind::Screen, "org.gnome.desktop.session", "idle-delay", &["uint32 0"]),
        ],
    },
    Desktop {
        daemon: "mate-power-mana",
        settings: &[
            (SettingKind::Sleep, "org.mate.power-manager", "sleep-computer-ac", &["0"]),
            (SettingKind::Screen, "org.mate.power-manager", "sleep-display-ac", &["0"]),
        ],
    },
    Desktop {
        daemon: "csd-power",
        settings: &[
            (
                SettingKind::Sleep,
                "org.cinnamon.settings-daemon.plugins.power",
                "sleep-inactive-ac-timeout",
                &["0"],
            ),
            (SettingKind::Screen, "org.cinnamon.settings-daemon.plugins.power", "sleep-display-ac", &["0"]),
        ],
    },
    // These keep their settings where no public command tells them.
    Desktop { daemon: "org_kde_powerde", settings: &[] },
    Desktop { daemon: "xfce4-power-man", settings: &[] },
    Desktop { daemon: "lxqt-powermanag", settings: &[] },
];

pub(super) fn look(context: &CheckContext) -> Vec<Setting> {
    let running = running(&context.root);
    let programs = context.programs.as_ref();
    let mut settings = vec![console(&context.root)];
    let can_sleep = value(&context.root.join("sys/power/state"));
    match can_sleep.as_deref() {
        Some("") => settings.push(Setting::off(SettingKind::Sleep, "kernel")),
        _ if context.root.join("run/systemd/system").exists() => {
            let has_lid = !entries(&context.root.join("proc/acpi/button/lid")).is_empty();
            settings.push(logind(programs, has_lid));
        }
        _ => {}
    }
    for desktop in DESKTOPS.iter().filter(|desktop| running.iter().any(|name| name == desktop.daemon)) {
        if desktop.settings.is_empty() {
            let why = Message::new("checks-power-desktop").with("program", desktop.daemon);
            settings.push(Setting::new(SettingKind::Screen, desktop.daemon, SettingState::Unknown(why)));
        }
        settings.extend(desktop.settings.iter().map(|(kind, schema, key, never)| {
            let state = match said(programs, &["gsettings", "get", schema, key]) {
                Ok(text) if never.contains(&text.trim()) => SettingState::Off,
                Ok(text) => SettingState::On(text.trim().to_owned()),
                Err(why) => SettingState::Unknown(why),
            };
            Setting::new(*kind, &format!("{schema} {key}"), state)
        }));
    }
    if running.iter().any(|name| name == "Xorg" || name == "X") {
        settings.extend(x(programs));
    }
    settings
}

/// A text screen goes dark after so many seconds.
fn console(root: &Path) -> Setting {
    const NAME: &str = "consoleblank";
    let state = match value(&root.join("sys/module/kernel/parameters/consoleblank")).as_deref() {
        Some("0") => SettingState::Off,
        Some(seconds) => SettingState::On(format!("{seconds} s")),
        None => SettingState::Unknown(Message::new("checks-power-unknown")),
    };
    Setting::new(SettingKind::Screen, NAME, state)
}

/// What logind does with a computer that nobody touches or whose lid is shut. Where the way to sleep is
/// masked, it does nothing.
fn logind(programs: &dyn RunProgram, has_lid: bool) -> Setting {
    const NAME: &str = "logind";
    // Its exit code tells of targets that are disabled; the words count.
    let masked = ask(programs, &["systemctl", "is-enabled", "sleep.target", "suspend.target"], SOON);
    if masked.is_ok_and(|output| output.out.lines().any(|line| line.trim() == "masked")) {
        return Setting::off(SettingKind::Sleep, NAME);
    }
    let command = [
        "busctl",
        "get-property",
        "org.freedesktop.login1",
        "/org/freedesktop/login1",
        "org.freedesktop.login1.Manager",
        "IdleAction",
        "HandleLidSwitch",
        "HandleLidSwitchExternalPower",
    ];
    let state = match said(programs, &command) {
        Ok(text) => lid_and_idle(&text, has_lid),
        Err(why) => SettingState::Unknown(why),
    };
    Setting::new(SettingKind::Sleep, NAME, state)
}

/// Three lines such as `s "ignore"`.
fn lid_and_idle(text: &str, has_lid: bool) -> SettingState {
    let said: Vec<&str> =
        text.lines().filter_map(|line| line.trim().strip_prefix("s \"")?.strip_suffix('"')).collect();
    let [idle, lid, lid_with_power] = said.as_slice() else {
        return SettingState::Unknown(unclear("busctl"));
    };
    let harmless = |action: &str| matches!(action, "ignore" | "lock" | "");
    let lids = [("HandleLidSwitch", *lid), ("HandleLidSwitchExternalPower", *lid_with_power)];
    let lids = lids.into_iter().filter(|_| has_lid);
    let sleeps: Vec<String> = std::iter::once(("IdleAction", *idle))
        .chain(lids)
        .filter(|(_, action)| !harmless(action))
        .map(|(name, action)| format!("{name}={action}"))
        .collect();
    if sleeps.is_empty() { SettingState::Off } else { SettingState::On(sleeps.join(" ")) }
}

/// Screen saver and energy saving of the X server.
fn x(programs: &dyn RunProgram) -> [Setting; 2] {
    let answer = said(programs, &["xset", "q"]);
    let of = |name, state: fn(&str) -> SettingState| {
        let state = answer.as_ref().map_or_else(|why| SettingState::Unknown(why.clone()), |text| state(text));
        Setting::new(SettingKind::Screen, name, state)
    };
    [of("xset timeout", screen_saver), of("xset dpms", dpms)]
}

/// `  timeout:  600    cycle:  600`.
fn screen_saver(text: &str) -> SettingState {
    let timeout =
        text.lines().find_map(|line| line.trim().strip_prefix("timeout:")?.split_whitespace().next());
    match timeout {
        Some("0") => SettingState::Off,
        Some(seconds) => SettingState::On(format!("{seconds} s")),
        None => SettingState::Unknown(unclear("xset")),
    }
}

fn dpms(text: &str) -> SettingState {
    match () {
        () if text.contains("DPMS is Disabled") => SettingState::Off,
        // All of its three times may be nought.
        () if text.contains("DPMS is Enabled") => match text.lines().find(|line| line.contains("Standby:")) {
            Some(line)
                if line.split_whitespace().filter_map(|word| word.parse::<u32>().ok()).all(|s| s == 0) =>
            {
                SettingState::Off
            }
            _ => SettingState::On("on".to_owned()),
        },
        // A server without it can't switch the screen off.
        () if text.contains("Server does not have the DPMS Extension") => SettingState::Off,
        () => SettingState::Unknown(unclear("xset")),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::checks::tests::{Recorded, context};

    fn of(files: &[(&str, &str)], says: &[(&str, &str)]) -> Vec<(String, SettingState)> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let mut context = context(folder.path());
        context.root = folder.path().to_owned();
        context.programs = Recorded::all(says);
        look(&context).into_iter().map(|setting| (setting.name, setting.state)).collect()
    }

    const CONSOLE: (&str, &str) = ("sys/module/kernel/parameters/consoleblank", "0\n");
    const AWAKE: &str = "s \"ignore\"\ns \"suspend\"\ns \"suspend\"\n";

    #[test]
    fn a_computer_that_can_not_sleep_and_a_dark_console() {
        let settings = of(&[CONSOLE, ("sys/power/state", "\n")], &[]);
        assert_eq!(
            settings.iter().map(|s| s.1.clone()).collect::<Vec<_>>(),
            [SettingState::Off, SettingState::Off]
        );
        let settings = of(&[(CONSOLE.0, "600\n")], &[]);
        assert_eq!(settings[0].1, SettingState::On("600 s".into()));
        assert!(matches!(of(&[], &[])[0].1, SettingState::Unknown(_)));
    }

    #[test]
    fn logind_sleeps_when_idle_or_shut() {
        let files = [CONSOLE, ("sys/power/state", "freeze mem\n"), ("run/systemd/system/x", "")];
        let logind = |says: &[(&str, &str)]| of(&files, says)[1].1.clone();
        assert_eq!(logind(&[("busctl", AWAKE)]), SettingState::Off);
        let idle = AWAKE.replacen("ignore", "suspend", 1);
        assert_eq!(logind(&[("busctl", &idle)]), SettingState::On("IdleAction=suspend".into()));
        assert_eq!(logind(&[("busctl", &idle), ("systemctl", "masked\nmasked\n")]), SettingState::Off);
        assert!(matches!(logind(&[]), SettingState::Unknown(_)));
        assert!(matches!(logind(&[("busctl", "Failed\n")]), SettingState::Unknown(_)));
        assert_eq!(
            lid_and_idle(AWAKE, true),
            SettingState::On("HandleLidSwitch=suspend HandleLidSwitchExternalPower=suspend".into())
        );
    }

    #[test]
    fn the_desktop_that_runs_is_asked_and_no_other() {
        let gnome = [
            ("gsettings get org.gnome.settings-daemon.plugins.power", "'suspend'\n"),
            ("gsettings get org.gnome.desktop.session", "uint32 300\n"),
        ];
        assert_eq!(of(&[CONSOLE], &gnome).len(), 1);
        let files = [CONSOLE, ("proc/1234/comm", "gsd-power\n"), ("proc/stat/comm", "Xorg\n")];
        let settings = of(&files, &gnome);
        assert_eq!(settings[1].1, SettingState::On("'suspend'".into()));
        assert_eq!(settings[2].1, SettingState::On("uint32 300".into()));
        let kde = of(&[CONSOLE, ("proc/7/comm", "org_kde_powerde\n")], &[]);
        assert!(matches!(kde[1].1, SettingState::Unknown(_)));
    }

    #[test]
    fn the_x_server_is_asked() {
        let files = [CONSOLE, ("proc/7/comm", "Xorg\n")];
        let says = |timeout: &str, dpms: &str| {
            let text = format!(
                "Screen Saver:\n  prefer blanking:  yes    allow exposures:  yes\n  timeout:  {timeout}    cycle:  600\n\
                 DPMS (Display Power Management Signaling):\n  Standby: 600    Suspend: 0    Off: 0\n  DPMS is {dpms}\n"
            );
            let settings = of(&files, &[("xset", &text)]);
            (settings[1].1.clone(), settings[2].1.clone())
        };
        assert_eq!(says("0", "Disabled"), (SettingState::Off, SettingState::Off));
        assert_eq!(says("600", "Enabled").0, SettingState::On("600 s".into()));
        assert_eq!(says("0", "Enabled").1, SettingState::On("on".into()));
        assert!(matches!(of(&files, &[])[1].1, SettingState::Unknown(_)));
    }
}
