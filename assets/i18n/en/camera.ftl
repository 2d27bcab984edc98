# Why a camera gives no pictures: what happened and what to do.

camera-unknown = Camera { $camera } was not found: { $detail }. Check that its cable is fully in, and look at the list: invigil cameras.
camera-busy = Camera { $camera } is used by another program ({ $detail }). Close programs that show video: browser, video calls, camera viewers.
camera-no-permission = No access to camera { $camera } ({ $detail }). Ask the administrator to add the user to the group “video”, then log in again.
camera-unplugged = Camera { $camera } was disconnected ({ $detail }). Check both ends of its cable and plug it in again: recording goes on by itself.
camera-stalled = Camera { $camera } is connected but gives no picture. Unplug it for 5 seconds and plug it in again.
camera-driver-stuck = The driver of camera { $camera } hangs. Unplug it and plug it into another port; if there is no picture, restart the computer when the head of the point agrees.
camera-no-format = Camera { $camera } gives no usable picture ({ $detail }). A camera with MJPEG, YUYV or NV12 is needed.
camera-refused = Camera { $camera } does not answer on the network ({ $detail }). Check its power, its network cable and its address in the point's settings.
camera-wrong-password = Camera { $camera } does not accept the name or password. Correct them in the point's settings.
camera-not-h264 = Camera { $camera } sends { $detail } video, but H.264 is needed. Open the camera's settings and choose the codec H.264 (AVC) for the stream.
camera-bad-file = The file can't serve as camera { $camera }: { $detail }. An MP4 with H.264 video or an .mjpeg file is needed.
camera-failed = Camera { $camera } reported an error: { $detail }. Unplug it and plug it in again; if that does not help, replace the camera.
camera-not-built = This build of the program can't use cameras (camera { $camera }). Install the full build.

# invigil cameras
cameras-none = No cameras found. Plug one into a USB port and try again. Network cameras are not listed here: their address rtsp://… is written in the point's settings.
cameras-problem = Could not read what this camera offers: { $detail }. Close other programs, and check that the user may use cameras (group “video”).
cameras-no-format = This camera can't be recorded: it gives no MJPEG, YUYV or NV12. Use another one.

# Sound of a camera. Video goes on without it.
sound-unknown = Camera { $camera }: there is no microphone “{ $detail }”. Plug it in, or correct its name in the profile. Video is recorded without sound.
sound-busy = Camera { $camera }: the microphone is used by another program ({ $detail }). Close programs with calls or sound recording.
sound-unplugged = Camera { $camera }: the microphone was disconnected ({ $detail }). Plug it in again: sound goes on by itself.
sound-stalled = Camera { $camera }: the microphone is connected but gives no sound. Unplug it for 5 seconds and plug it in again.
sound-no-stream = Camera { $camera } sends no sound. Switch the sound on in the camera's settings, or take the line sound out of the profile.
sound-coding = Camera { $camera } sends its sound as { $detail }, which can't be recorded. Choose AAC or G.711 in the camera's settings.
sound-failed = Camera { $camera }: no sound ({ $detail }). Unplug the microphone and plug it in again; video is recorded all the same.
