/** Field numbers of `DataPacket`. Those from `User` on, but for what is named otherwise, are its value. */
export const PacketField = {
  Kind: 1,
  User: 2,
  Speaker: 3,
  Identity: 4,
  Destinations: 5,
  SipDtmf: 6,
  Transcription: 7,
  Metrics: 8,
  ChatMessage: 9,
  RpcRequest: 10,
  RpcAck: 11,
  RpcResponse: 12,
  StreamHeader: 13,
  StreamChunk: 14,
  StreamTrailer: 15,
  Sequence: 16,
  Sid: 17,
  EncryptedPacket: 18,
} as const;

/** Field numbers of `UserPacket`. */
export const UserField = {
  Sid: 1,
  Payload: 2,
  DestinationSids: 3,
  Identity: 5,
  Destinations: 6,
  Nonce: 11,
} as const;
