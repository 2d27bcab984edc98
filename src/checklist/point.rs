//! A checklist as it applies to one point: without what does not concern it, and with a step for each
//! room or camera where one is asked for.

use super::{Bilingual, Checklist, Checklists, Each, Step};
use crate::point::{CameraId, Profile, Room, RoomNumber};

/// The rooms and cameras of a point.
#[derive(Clone, Debug)]
pub struct Places<'a> {
    pub rooms: &'a [Room],
    pub cameras: Vec<PlacedCamera<'a>>,
}

#[derive(Clone, Copy, Debug)]
pub struct PlacedCamera<'a> {
    pub id: &'a CameraId,
    pub name: &'a str,
    pub room: &'a RoomNumber,
}

impl<'a> Places<'a> {
    pub fn of(profile: &'a Profile) -> Self {
        let cameras = profile.cameras.iter().map(|camera| PlacedCamera {
            id: &camera.id,
            name: &camera.name,
            room: &camera.room,
        });
        Self { rooms: &profile.rooms, cameras: cameras.collect() }
    }

    fn room_name(&self, number: &'a RoomNumber) -> &'a str {
        self.rooms.iter().find(|room| room.number == *number).map_or(number.as_str(), |room| &room.name)
    }
}

impl Checklists {
    /// Without the steps, and the lists, that don't concern this point; the main one always stays.
    pub fn fitting(&self, profile: &Profile) -> Self {
        let fit = |list: &Checklist| list.fitting(profile);
        let all = |lists: &[Checklist]| lists.iter().map(fit).filter(|list| !list.steps.is_empty()).collect();
        Self { main: fit(&self.main), others: all(&self.others), around: all(&self.around) }
    }

    /// With a step for each room or camera where one is asked for.
    pub fn spread(&self, places: &Places<'_>) -> Self {
        let spread = |lists: &[Checklist]| lists.iter().map(|list| list.spread(places)).collect();
        Self { main: self.main.spread(places), others: spread(&self.others), around: spread(&self.around) }
    }
}

impl Checklist {
    fn fitting(&self, profile: &Profile) -> Self {
        let places = Places::of(profile);
        let concerns = |step: &&Step| {
            step.rules.when.is_none_or(|fact| fact.holds(profile)) && !instances(step, &places).is_empty()
        };
        Self { steps: self.steps.iter().filter(concerns).cloned().collect(), ..self.clone() }
    }

    /// With a step for each room or camera where one is asked for.
    pub fn spread(&self, places: &Places<'_>) -> Self {
        Self { steps: self.steps.iter().flat_map(|step| instances(step, places)).collect(), ..self.clone() }
    }
}

fn instances(step: &Step, places: &Places<'_>) -> Vec<Step> {
    let of_room = |room: &Room| instance(step, room.number.as_str(), &room.name, None);
    match step.rules.for_each {
        None => vec![step.clone()],
        Some(Each::Room) => places.rooms.iter().filter_map(of_room).collect(),
        Some(Each::Zone(zone)) => {
            places.rooms.iter().filter(|room| room.zone == zone).filter_map(of_room).collect()
        }
        Some(Each::Camera) => places
            .cameras
            .iter()
            .filter_map(|camera| {
                instance(step, camera.id.as_str(), places.room_name(camera.room), Some(camera.name))
            })
            .collect(),
    }
}

/// The step for one room or camera; its id is that of both. None: the reader of a checklist lets no id
/// through that is too long for it.
fn instance(step: &Step, place: &str, room: &str, camera: Option<&str>) -> Option<Step> {
    let say = |text: &str| named(text, room, camera);
    let both = |text: &Bilingual| Bilingual { ru: say(&text.ru), en: say(&text.en) };
    Some(Step {
        id: format!("{}-{place}", step.id).parse().ok()?,
        title: both(&step.title),
        text: both(&step.text),
        expected: both(&step.expected),
        remedy: both(&step.remedy),
        rules: super::StepRules { for_each: None, ..step.rules.clone() },
        ..step.clone()
    })
}

/// Names are put in once: one that itself looks like a placeholder stays as it is.
fn named(text: &str, room: &str, camera: Option<&str>) -> String {
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('{') {
        said.push_str(&rest[..at]);
        let (name, after) = match (rest[at..].strip_prefix("{room}"), rest[at..].strip_prefix("{camera}")) {
            (Some(after), _) => (room, after),
            (None, Some(after)) => (camera.unwrap_or_default(), after),
            (None, None) => ("{", &rest[at + 1..]),
        };
        said.push_str(name);
        rest = after;
    }
    said + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checklist::{Fact, of_the_day};
    use crate::point::{Zone, demo};

    fn list(each: Option<Each>, when: Option<Fact>) -> Checklist {
        let folder = tempfile::tempdir().unwrap();
        let mut list = of_the_day(folder.path()).unwrap().main;
        list.steps.truncate(1);
        let step = &mut list.steps[0];
        step.title = Bilingual { ru: "Свет: {room}".into(), en: "Light: {camera} in {room}".into() };
        (step.rules.for_each, step.rules.when) = (each, when);
        list
    }

    #[test]
    fn a_step_is_there_once_for_each_room_or_camera() {
        let mut profile = demo();
        profile.rooms[0].name = "{camera}".into();
        let titles = |each| {
            let spread = list(Some(each), None).spread(&Places::of(&profile));
            let title = |step: &Step| format!("{} {}", step.id, step.title.en);
            spread.steps.iter().map(title).collect::<Vec<_>>()
        };
        let step = list(None, None).steps[0].id.clone();
        let rooms =
            [format!("{step}-0001 Light:  in {{camera}}"), format!("{step}-0003 Light:  in Аудитория 0003")];
        assert_eq!(titles(Each::Zone(Zone::Auditorium)), rooms);
        assert_eq!(titles(Each::Room).len(), profile.rooms.len());
        let cameras = titles(Each::Camera);
        assert_eq!(cameras[0], format!("{step}-corridor Light: Коридор 2 этажа in Коридор 2 этажа"));
        assert_eq!(cameras.len(), profile.cameras.len());
    }

    #[test]
    fn what_does_not_concern_the_point_is_left_out() {
        let mut profile = demo();
        let steps = |profile: &Profile, each, when| list(each, when).fitting(profile).steps.len();
        assert_eq!(steps(&profile, None, Some(Fact::Sound)), 0);
        profile.cameras[0].sound = Some(crate::point::SoundSource::Stream);
        assert_eq!(steps(&profile, None, Some(Fact::Sound)), 1);
        assert_eq!(steps(&profile, None, Some(Fact::NetworkCameras)), 0);
        assert_eq!(steps(&profile, Some(Each::Zone(Zone::Gate)), None), 0);
        assert_eq!(steps(&profile, Some(Each::Zone(Zone::Entrance)), None), 1);
        assert_eq!(steps(&profile, None, Some(Fact::LongerTime)), 1);
    }
}
