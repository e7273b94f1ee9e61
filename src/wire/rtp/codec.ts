/** Codecs that we forward. Numbers, so that the packet path compares integers. */
export const Codec = {
  Opus: 1,
  Red: 2,
  Pcmu: 3,
  Pcma: 4,
  Vp8: 5,
  Vp9: 6,
  H264: 7,
  H265: 8,
  Av1: 9,
} as const;
export type Codec = (typeof Codec)[keyof typeof Codec];

const MIME_TYPES: { readonly [codec in Codec]: string } = {
  [Codec.Opus]: "audio/opus",
  [Codec.Red]: "audio/red",
  [Codec.Pcmu]: "audio/PCMU",
  [Codec.Pcma]: "audio/PCMA",
  [Codec.Vp8]: "video/VP8",
  [Codec.Vp9]: "video/VP9",
  [Codec.H264]: "video/H264",
  [Codec.H265]: "video/H265",
  [Codec.Av1]: "video/AV1",
};

const BY_LOWER_MIME: ReadonlyMap<string, Codec> = new Map(
  Object.entries(MIME_TYPES).map(([codec, mime]) => [mime.toLowerCase(), Number(codec) as Codec]),
);

/** As in SDP and TrackInfo, for example `video/VP8`. */
export function mimeTypeOf(codec: Codec): string {
  return MIME_TYPES[codec];
}

/** Any letter case; undefined for what we do not forward, `video/rtx` among it. */
export function codecOfMimeType(mime: string): Codec | undefined {
  return BY_LOWER_MIME.get(mime.toLowerCase());
}

export function isVideoCodec(codec: Codec): boolean {
  return codec >= Codec.Vp8;
}

export function clockHzOf(codec: Codec): number {
  if (isVideoCodec(codec)) return 90_000;
  return codec === Codec.Opus || codec === Codec.Red ? 48_000 : 8_000;
}
