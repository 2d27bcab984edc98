//! Windows: what `Get-PnpDevice` and `Win32_*` tell, asked for every few seconds as one JSON text. Its parser
//! is held to recorded output; the rest was not built or run here.

use serde::Deserialize;

#[cfg(windows)]
use super::EquipmentLook;
use super::{SeenThing, thing};
use crate::journal::ThingKind;

/// PowerShell takes a second or two itself.
#[cfg(windows)]
const EVERY: std::time::Duration = std::time::Duration::from_secs(3);

/// One object with four lists and a text.
#[cfg(windows)]
const SCRIPT: &str = "@{ \
    usb = @(Get-PnpDevice -PresentOnly | Where-Object InstanceId -like 'USB\\*' | Select-Object InstanceId, FriendlyName); \
    disks = @(Get-CimInstance Win32_DiskDrive | Select-Object DeviceID, Model, SerialNumber, Size); \
    networks = @(Get-CimInstance Win32_NetworkAdapter -Filter 'PhysicalAdapter=TRUE' | Select-Object NetConnectionID, Name, MACAddress, NetConnectionStatus); \
    sessions = @(Get-CimInstance Win32_ComputerSystem | Select-Object UserName); \
    boot = (Get-CimInstance Win32_OperatingSystem).LastBootUpTime.ToFileTimeUtc().ToString() \
    } | ConvertTo-Json -Depth 3 -Compress";

#[cfg(windows)]
pub(super) fn look() -> EquipmentLook {
    use std::process::{Command, Stdio};
    std::sync::Arc::new(|| {
        loop {
            std::thread::park_timeout(EVERY);
            let mut command = Command::new("powershell");
            command.args(["-NoProfile", "-NonInteractive", "-Command", SCRIPT]).stdin(Stdio::null());
            match command.output().map(|output| read(&output.stdout)) {
                Ok(Some(seen)) => return Some(seen),
                Ok(None) => tracing::warn!("PowerShell told nothing of the equipment"),
                Err(error) => {
                    tracing::warn!(%error, "PowerShell can't be run");
                    return None;
                }
            }
        }
    })
}

#[derive(Deserialize)]
struct Told {
    usb: Vec<Usb>,
    disks: Vec<Disk>,
    networks: Vec<Network>,
    sessions: Vec<Session>,
    boot: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Usb {
    instance_id: String,
    friendly_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Disk {
    #[serde(rename = "DeviceID")]
    device_id: String,
    model: Option<String>,
    serial_number: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Network {
    #[serde(rename = "NetConnectionID")]
    connection: Option<String>,
    name: String,
    #[serde(rename = "MACAddress")]
    address: Option<String>,
    /// 2: connected.
    net_connection_status: Option<u16>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Session {
    user_name: Option<String>,
}

fn read(json: &[u8]) -> Option<Vec<SeenThing>> {
    let told: Told = serde_json::from_slice(json).ok()?;
    let mut seen = Vec::new();
    let mut push = |kind, place: &str, name: &str, ident: &str, on| {
        seen.push(SeenThing { thing: thing(kind, place, name, ident, on), run: 0 });
    };
    for usb in &told.usb {
        let name = usb.friendly_name.as_deref().unwrap_or_default();
        push(ThingKind::Usb, &usb.instance_id, name, "", true);
    }
    for disk in &told.disks {
        let (name, serial) = (disk.model.as_deref(), disk.serial_number.as_deref());
        push(ThingKind::Disk, &disk.device_id, name.unwrap_or_default(), serial.unwrap_or_default(), true);
    }
    for network in &told.networks {
        let place = network.connection.as_deref().unwrap_or(&network.name);
        let address = network.address.as_deref().unwrap_or_default();
        push(ThingKind::Network, place, &network.name, address, network.net_connection_status == Some(2));
    }
    for user in told.sessions.iter().filter_map(|session| session.user_name.as_deref()) {
        push(ThingKind::Session, "console", user, "", true);
    }
    push(ThingKind::Computer, "", "", &told.boot, true);
    Some(seen)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_powershell_tells_is_understood() {
        let json = br#"{"networks":[{"NetConnectionID":"Ethernet","Name":"Intel(R) I219-V","MACAddress":"00:11:22:33:44:55","NetConnectionStatus":2}],"usb":[{"InstanceId":"USB\\VID_046D&PID_0825\\5&2","FriendlyName":"HD Webcam C270"}],"boot":"133600000000000000","disks":[{"DeviceID":"\\\\.\\PHYSICALDRIVE0","Model":"Samsung SSD","SerialNumber":"S1","Size":512110190592}],"sessions":[{"UserName":"SCHOOL\\kiosk"}]}"#;
        let kinds: Vec<ThingKind> = read(json).unwrap().iter().map(|seen| seen.thing.kind).collect();
        use ThingKind::*;
        assert_eq!(kinds, [Usb, Disk, Network, Session, Computer]);
        assert!(read(b"Access denied").is_none());
    }
}
