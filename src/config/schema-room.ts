const CODEC = {
  mime: { type: "string", default: "", help: "Such as audio/opus or video/VP8" },
  fmtp_line: { type: "string", default: "", help: "Format parameters that it must have" },
} as const;

/** `room`: what a new room is like. */
export const ROOM = {
  auto_create: {
    type: "bool",
    default: true,
    help: "Joining a room that does not exist creates it",
  },
  enabled_codecs: {
    type: "section-list",
    of: CODEC as typeof CODEC,
    default: [
      { mime: "audio/PCMU", fmtpLine: "" },
      { mime: "audio/PCMA", fmtpLine: "" },
      { mime: "audio/opus", fmtpLine: "" },
      { mime: "audio/red", fmtpLine: "" },
      { mime: "video/VP8", fmtpLine: "" },
      { mime: "video/H264", fmtpLine: "" },
      { mime: "video/VP9", fmtpLine: "" },
      { mime: "video/AV1", fmtpLine: "" },
      { mime: "video/H265", fmtpLine: "" },
      { mime: "video/rtx", fmtpLine: "" },
    ],
    help: "Codecs that may be published",
  },
  max_participants: {
    type: "uint32",
    default: 0,
    help: "Participants at one time, agents and recorders not counted; 0 is no limit",
  },
  empty_timeout: {
    type: "uint32",
    default: 300,
    unit: "Seconds",
    help: "Seconds that a room stays which nobody has joined",
  },
  departure_timeout: {
    type: "uint32",
    default: 20,
    unit: "Seconds",
    help: "Seconds that a room stays after the last participant has left",
  },
  enable_remote_unmute: {
    type: "bool",
    default: false,
    help: "Let the server API unmute a track, not only mute it",
  },
  playout_delay: {
    enabled: { type: "bool", default: false, help: "Tell receivers how long to hold video back" },
    min: { type: "int32", default: 0, min: 0, unit: "Ms", help: "Least delay in ms" },
    max: { type: "int32", default: 0, min: 0, unit: "Ms", help: "Greatest delay in ms" },
  },
  sync_streams: {
    type: "bool",
    default: false,
    help: "Put a participant's audio and video into one stream, so that receivers synchronise them",
  },
  create_room_timeout: {
    type: "duration",
    default: "10s",
    help: "How long one attempt to create a room on its node may take",
  },
  create_room_attempts: { type: "int32", default: 3, min: 1, help: "Attempts to do so" },
  enable_full_room_in_webhooks: {
    type: "bool",
    default: false,
    help: "Send the whole room in webhooks about tracks, not just its sid and name",
  },
  update_batch_target_size: {
    type: "int64",
    default: 131072,
    min: 0,
    unit: "Bytes",
    help: "Bytes of one batch of participant updates",
  },
  room_configurations: {
    type: "json-map",
    default: {},
    help: "Named presets that a token or CreateRoom may ask for",
    example: ["webinar:", "  max_participants: 500", "  empty_timeout: 60"],
  },
  max_metadata_size: {
    type: "uint32",
    default: 0,
    deprecated: "use limit.max_metadata_size",
    copyTo: "limit.max_metadata_size",
    help: "Moved to limit.max_metadata_size",
  },
  max_room_name_length: {
    type: "int32",
    default: 0,
    deprecated: "use limit.max_room_name_length",
    copyTo: "limit.max_room_name_length",
    help: "Moved to limit.max_room_name_length",
  },
  max_participant_identity_length: {
    type: "int32",
    default: 0,
    deprecated: "use limit.max_participant_identity_length",
    copyTo: "limit.max_participant_identity_length",
    help: "Moved to limit.max_participant_identity_length",
  },
} as const;

/** `limit`: what one node, room, participant or message may have. */
export const LIMIT = {
  num_tracks: {
    type: "int32",
    default: 0,
    help: "Tracks in and out above which this node takes no more rooms; 0 is no limit",
  },
  bytes_per_sec: {
    type: "float",
    default: 0,
    help: "Bytes a second in and out above which it takes no more; 0 is no limit",
  },
  subscription_limit_video: {
    type: "int32",
    default: 0,
    help: "Video tracks that one participant may subscribe to; 0 is no limit",
  },
  subscription_limit_audio: {
    type: "int32",
    default: 0,
    help: "Audio tracks that one participant may subscribe to; 0 is no limit",
  },
  max_metadata_size: {
    type: "uint32",
    default: 524288,
    unit: "Bytes",
    help: "Bytes of a room's or participant's metadata; 0 is no limit",
  },
  max_attributes_size: {
    type: "uint32",
    default: 65536,
    unit: "Bytes",
    help: "Bytes of all keys and values of a participant's attributes; 0 is no limit",
  },
  max_room_name_length: {
    type: "int32",
    default: 256,
    unit: "Bytes",
    help: "Bytes of a room's name; 0 is no limit",
  },
  max_participant_identity_length: {
    type: "int32",
    default: 256,
    unit: "Bytes",
    help: "Bytes of a participant's identity; 0 is no limit",
  },
  max_participant_name_length: {
    type: "int32",
    default: 256,
    unit: "Bytes",
    help: "Bytes of a participant's name; 0 is no limit",
  },
  max_data_blob_key_length: {
    type: "int32",
    default: 256,
    unit: "Bytes",
    help: "Bytes of a data blob's key; 0 is no limit",
  },
  max_data_blobs_size: {
    type: "uint32",
    default: 64000,
    unit: "Bytes",
    help: "Bytes of all of a participant's data blobs; 0 is no limit",
  },
  max_data_track_custom_encoding_length: {
    type: "int32",
    default: 32,
    unit: "Bytes",
    help: "Bytes of the name of a data track's own encoding; 0 is no limit",
  },
  subscribe_pace_shadow_rates: {
    type: "strings",
    default: [],
    help: "Rates that are measured without being applied",
  },
  signal_message_size_limit: {
    type: "int64",
    default: 2097152,
    unit: "Bytes",
    help: "Bytes of one signal message from a client; 0 is no limit",
  },
  agent_signal_message_size_limit: {
    type: "int64",
    default: 2097152,
    unit: "Bytes",
    help: "Bytes of one message from an agent worker; 0 is no limit",
  },
  max_api_request_body_size: {
    type: "int64",
    default: 10485760,
    unit: "Bytes",
    help: "Bytes of the body of a request to the server API; 0 is no limit",
  },
} as const;
