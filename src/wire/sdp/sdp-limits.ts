/**
 * Bounds of what is read. A description beyond the first three is refused; attributes beyond the
 * others are left out, as if the description did not state them.
 */
/** UTF-16 units; as large as a signal frame may be. */
export const SDP_LENGTH_MAX: number = 2 * 1024 * 1024;
/** A BUNDLE line with SECTIONS_MAX short mids still fits. */
export const LINE_LENGTH_MAX: number = 32 * 1024;
export const SECTIONS_MAX = 1024;

export const FORMATS_MAX = 128;
export const EXTENSIONS_MAX = 64;
export const FEEDBACK_MAX = 16;
export const RIDS_MAX = 16;
export const SSRCS_MAX = 64;
export const SSRC_GROUPS_MAX = 32;
export const MSIDS_MAX = 8;
export const CANDIDATES_MAX = 128;
export const FINGERPRINTS_MAX = 8;
export const BUNDLE_GROUPS_MAX = 8;
export const ICE_OPTIONS_MAX = 8;
/** Mids travel in header extensions of at most 16 bytes; longer ones are kept for rejected sections. */
export const TOKEN_LENGTH_MAX = 256;
