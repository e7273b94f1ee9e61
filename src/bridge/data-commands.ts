/** What the control thread tells a media thread of participants whose data it forwards. */
export type DataCommand = SetDataMember | RemoveDataMember | SendServerData | AwaitRpc | ForgetRpc;

/** A participant, in all that decides on its data (spec-signalling 9). */
export type DataMemberSpec = {
  readonly memberId: number;
  /** Its transports on this thread: any may bring messages of it. */
  readonly peerIds: readonly number[];
  /** The one that it gets its messages on. */
  readonly primaryPeerId: number;
  readonly sid: string;
  readonly identity: string;
  readonly canPublishData: boolean;
  readonly isAgent: boolean;
  readonly isHidden: boolean;
  /** Its client knows no packets: it gets the payload of users' packets, raw. */
  readonly isOneShot: boolean;
};

/** A participant is in a room from now on, and in no other; or something of it changed. */
export type SetDataMember = {
  readonly kind: "set-data-member";
  readonly roomId: number;
  readonly member: DataMemberSpec;
};

export type RemoveDataMember = { readonly kind: "remove-data-member"; readonly memberId: number };

/** A packet of the server's own to whom it names, or to everybody in the room. */
export type SendServerData = {
  readonly kind: "send-server-data";
  readonly roomId: number;
  /** An encoded DataPacket, complete but for nothing. */
  readonly bytes: Uint8Array;
};

/** Answers of this member to this request are for the control thread, and for nobody else. */
export type AwaitRpc = {
  readonly kind: "await-rpc";
  readonly requestId: string;
  readonly memberId: number;
};

export type ForgetRpc = { readonly kind: "forget-rpc"; readonly requestId: string };
