// Of livekit.js with SHA-256 06870309c1647435b3de92f6f3d42bee093e20cf69e0f45a7cd1026f1287fa34.
import * as $protobuf from "protobufjs/minimal.js";

export namespace livekit {

	enum JobType {
		JT_ROOM = 0,
		JT_PUBLISHER = 1,
		JT_PARTICIPANT = 2
	}

	enum WorkerStatus {
		WS_AVAILABLE = 0,
		WS_FULL = 1
	}

	enum JobStatus {
		JS_PENDING = 0,
		JS_RUNNING = 1,
		JS_SUCCESS = 2,
		JS_FAILED = 3,
		JS_CANCELLED = 4
	}

	enum JobStateReason {
		JSR_UNSPECIFIED = 0,
		JSR_NO_CAPACITY = 1,
		JSR_ROOM_CLOSED = 2,
		JSR_DISPATCH_DELETED = 3,
		JSR_RETRYING = 4
	}

	interface IJob extends livekit.Job.$Properties {
	}

	class Job {
		constructor(properties?: livekit.Job.$Properties);
		$unknowns?: Uint8Array[];
		id: string;
		dispatchId: string;
		type: livekit.JobType;
		room?: (livekit.Room.$Properties|null);
		participant?: (livekit.ParticipantInfo.$Properties|null);
		namespace: string;
		metadata: string;
		agentName: string;
		state?: (livekit.JobState.$Properties|null);
		enableRecording: boolean;
		deployment: string;
		attributes: { [k: string]: string };
		enableRedaction: boolean;
		createdAt: number;
		threadId: string;
		static create(properties: livekit.Job.$Shape): livekit.Job & livekit.Job.$Shape;
		static create(properties?: livekit.Job.$Properties): livekit.Job;
		static encode(message: livekit.Job.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.Job & livekit.Job.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace Job {
		interface $Properties {
			id?: (string|null);
			dispatchId?: (string|null);
			type?: (livekit.JobType|null);
			room?: (livekit.Room.$Properties|null);
			participant?: (livekit.ParticipantInfo.$Properties|null);
			namespace?: (string|null);
			metadata?: (string|null);
			agentName?: (string|null);
			state?: (livekit.JobState.$Properties|null);
			enableRecording?: (boolean|null);
			deployment?: (string|null);
			attributes?: ({ [k: string]: string }|null);
			enableRedaction?: (boolean|null);
			createdAt?: (number|null);
			threadId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  id?: string|null;
		  dispatchId?: string|null;
		  type?: livekit.JobType|null;
		  room?: livekit.Room.$Shape|null;
		  participant?: livekit.ParticipantInfo.$Shape|null;
		  namespace?: string|null;
		  metadata?: string|null;
		  agentName?: string|null;
		  state?: livekit.JobState.$Shape|null;
		  enableRecording?: boolean|null;
		  deployment?: string|null;
		  attributes?: { [k: string]: string }|null;
		  enableRedaction?: boolean|null;
		  createdAt?: number|null;
		  threadId?: string|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IJobState extends livekit.JobState.$Properties {
	}

	class JobState {
		constructor(properties?: livekit.JobState.$Properties);
		$unknowns?: Uint8Array[];
		status: livekit.JobStatus;
		error: string;
		startedAt: number;
		endedAt: number;
		updatedAt: number;
		participantIdentity: string;
		workerId: string;
		agentId: string;
		reason: livekit.JobStateReason;
		acceptedAt: number;
		assignedAt: number;
		attempts: number;
		firstStartedAt: number;
		agentFailedAttemptsNs: number;
		workersAsked: number;
		static create(properties: livekit.JobState.$Shape): livekit.JobState & livekit.JobState.$Shape;
		static create(properties?: livekit.JobState.$Properties): livekit.JobState;
		static encode(message: livekit.JobState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.JobState & livekit.JobState.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace JobState {
		interface $Properties {
			status?: (livekit.JobStatus|null);
			error?: (string|null);
			startedAt?: (number|null);
			endedAt?: (number|null);
			updatedAt?: (number|null);
			participantIdentity?: (string|null);
			workerId?: (string|null);
			agentId?: (string|null);
			reason?: (livekit.JobStateReason|null);
			acceptedAt?: (number|null);
			assignedAt?: (number|null);
			attempts?: (number|null);
			firstStartedAt?: (number|null);
			agentFailedAttemptsNs?: (number|null);
			workersAsked?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.JobState.$Properties;
	}

	interface IWorkerMessage extends livekit.WorkerMessage.$Properties {
	}

	class WorkerMessage {
		constructor(properties?: livekit.WorkerMessage.$Properties);
		$unknowns?: Uint8Array[];
		register?: (livekit.RegisterWorkerRequest.$Properties|null);
		availability?: (livekit.AvailabilityResponse.$Properties|null);
		updateWorker?: (livekit.UpdateWorkerStatus.$Properties|null);
		updateJob?: (livekit.UpdateJobStatus.$Properties|null);
		ping?: (livekit.WorkerPing.$Properties|null);
		simulateJob?: (livekit.SimulateJobRequest.$Properties|null);
		migrateJob?: (livekit.MigrateJobRequest.$Properties|null);
		createJobToken?: (livekit.CreateJobTokenRequest.$Properties|null);
		message?: ("register"|"availability"|"updateWorker"|"updateJob"|"ping"|"simulateJob"|"migrateJob"|"createJobToken");
		static create(properties: livekit.WorkerMessage.$Shape): livekit.WorkerMessage & livekit.WorkerMessage.$Shape;
		static create(properties?: livekit.WorkerMessage.$Properties): livekit.WorkerMessage;
		static encode(message: livekit.WorkerMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.WorkerMessage & livekit.WorkerMessage.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WorkerMessage {
		interface $Properties {
			register?: (livekit.RegisterWorkerRequest.$Properties|null);
			availability?: (livekit.AvailabilityResponse.$Properties|null);
			updateWorker?: (livekit.UpdateWorkerStatus.$Properties|null);
			updateJob?: (livekit.UpdateJobStatus.$Properties|null);
			ping?: (livekit.WorkerPing.$Properties|null);
			simulateJob?: (livekit.SimulateJobRequest.$Properties|null);
			migrateJob?: (livekit.MigrateJobRequest.$Properties|null);
			createJobToken?: (livekit.CreateJobTokenRequest.$Properties|null);
			message?: ("register"|"availability"|"updateWorker"|"updateJob"|"ping"|"simulateJob"|"migrateJob"|"createJobToken");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  register?: livekit.RegisterWorkerRequest.$Shape|null;
		  availability?: livekit.AvailabilityResponse.$Shape|null;
		  updateWorker?: livekit.UpdateWorkerStatus.$Shape|null;
		  updateJob?: livekit.UpdateJobStatus.$Shape|null;
		  ping?: livekit.WorkerPing.$Shape|null;
		  simulateJob?: livekit.SimulateJobRequest.$Shape|null;
		  migrateJob?: livekit.MigrateJobRequest.$Shape|null;
		  createJobToken?: livekit.CreateJobTokenRequest.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ message?: undefined; register?: null; availability?: null; updateWorker?: null; updateJob?: null; ping?: null; simulateJob?: null; migrateJob?: null; createJobToken?: null }|{ message?: "register"; register: livekit.RegisterWorkerRequest.$Shape; availability?: null; updateWorker?: null; updateJob?: null; ping?: null; simulateJob?: null; migrateJob?: null; createJobToken?: null }|{ message?: "availability"; register?: null; availability: livekit.AvailabilityResponse.$Shape; updateWorker?: null; updateJob?: null; ping?: null; simulateJob?: null; migrateJob?: null; createJobToken?: null }|{ message?: "updateWorker"; register?: null; availability?: null; updateWorker: livekit.UpdateWorkerStatus.$Shape; updateJob?: null; ping?: null; simulateJob?: null; migrateJob?: null; createJobToken?: null }|{ message?: "updateJob"; register?: null; availability?: null; updateWorker?: null; updateJob: livekit.UpdateJobStatus.$Shape; ping?: null; simulateJob?: null; migrateJob?: null; createJobToken?: null }|{ message?: "ping"; register?: null; availability?: null; updateWorker?: null; updateJob?: null; ping: livekit.WorkerPing.$Shape; simulateJob?: null; migrateJob?: null; createJobToken?: null }|{ message?: "simulateJob"; register?: null; availability?: null; updateWorker?: null; updateJob?: null; ping?: null; simulateJob: livekit.SimulateJobRequest.$Shape; migrateJob?: null; createJobToken?: null }|{ message?: "migrateJob"; register?: null; availability?: null; updateWorker?: null; updateJob?: null; ping?: null; simulateJob?: null; migrateJob: livekit.MigrateJobRequest.$Shape; createJobToken?: null }|{ message?: "createJobToken"; register?: null; availability?: null; updateWorker?: null; updateJob?: null; ping?: null; simulateJob?: null; migrateJob?: null; createJobToken: livekit.CreateJobTokenRequest.$Shape })
		);
	}

	interface IServerMessage extends livekit.ServerMessage.$Properties {
	}

	class ServerMessage {
		constructor(properties?: livekit.ServerMessage.$Properties);
		$unknowns?: Uint8Array[];
		register?: (livekit.RegisterWorkerResponse.$Properties|null);
		availability?: (livekit.AvailabilityRequest.$Properties|null);
		assignment?: (livekit.JobAssignment.$Properties|null);
		termination?: (livekit.JobTermination.$Properties|null);
		pong?: (livekit.WorkerPong.$Properties|null);
		goAway?: (livekit.AgentHttp.GoAway.$Properties|null);
		createJobToken?: (livekit.CreateJobTokenResponse.$Properties|null);
		message?: ("register"|"availability"|"assignment"|"termination"|"pong"|"goAway"|"createJobToken");
		static create(properties: livekit.ServerMessage.$Shape): livekit.ServerMessage & livekit.ServerMessage.$Shape;
		static create(properties?: livekit.ServerMessage.$Properties): livekit.ServerMessage;
		static encode(message: livekit.ServerMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ServerMessage & livekit.ServerMessage.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ServerMessage {
		interface $Properties {
			register?: (livekit.RegisterWorkerResponse.$Properties|null);
			availability?: (livekit.AvailabilityRequest.$Properties|null);
			assignment?: (livekit.JobAssignment.$Properties|null);
			termination?: (livekit.JobTermination.$Properties|null);
			pong?: (livekit.WorkerPong.$Properties|null);
			goAway?: (livekit.AgentHttp.GoAway.$Properties|null);
			createJobToken?: (livekit.CreateJobTokenResponse.$Properties|null);
			message?: ("register"|"availability"|"assignment"|"termination"|"pong"|"goAway"|"createJobToken");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  register?: livekit.RegisterWorkerResponse.$Shape|null;
		  availability?: livekit.AvailabilityRequest.$Shape|null;
		  assignment?: livekit.JobAssignment.$Shape|null;
		  termination?: livekit.JobTermination.$Shape|null;
		  pong?: livekit.WorkerPong.$Shape|null;
		  goAway?: livekit.AgentHttp.GoAway.$Shape|null;
		  createJobToken?: livekit.CreateJobTokenResponse.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ message?: undefined; register?: null; availability?: null; assignment?: null; termination?: null; pong?: null; goAway?: null; createJobToken?: null }|{ message?: "register"; register: livekit.RegisterWorkerResponse.$Shape; availability?: null; assignment?: null; termination?: null; pong?: null; goAway?: null; createJobToken?: null }|{ message?: "availability"; register?: null; availability: livekit.AvailabilityRequest.$Shape; assignment?: null; termination?: null; pong?: null; goAway?: null; createJobToken?: null }|{ message?: "assignment"; register?: null; availability?: null; assignment: livekit.JobAssignment.$Shape; termination?: null; pong?: null; goAway?: null; createJobToken?: null }|{ message?: "termination"; register?: null; availability?: null; assignment?: null; termination: livekit.JobTermination.$Shape; pong?: null; goAway?: null; createJobToken?: null }|{ message?: "pong"; register?: null; availability?: null; assignment?: null; termination?: null; pong: livekit.WorkerPong.$Shape; goAway?: null; createJobToken?: null }|{ message?: "goAway"; register?: null; availability?: null; assignment?: null; termination?: null; pong?: null; goAway: livekit.AgentHttp.GoAway.$Shape; createJobToken?: null }|{ message?: "createJobToken"; register?: null; availability?: null; assignment?: null; termination?: null; pong?: null; goAway?: null; createJobToken: livekit.CreateJobTokenResponse.$Shape })
		);
	}

	interface ISimulateJobRequest extends livekit.SimulateJobRequest.$Properties {
	}

	class SimulateJobRequest {
		constructor(properties?: livekit.SimulateJobRequest.$Properties);
		$unknowns?: Uint8Array[];
		type: livekit.JobType;
		room?: (livekit.Room.$Properties|null);
		participant?: (livekit.ParticipantInfo.$Properties|null);
		static create(properties: livekit.SimulateJobRequest.$Shape): livekit.SimulateJobRequest & livekit.SimulateJobRequest.$Shape;
		static create(properties?: livekit.SimulateJobRequest.$Properties): livekit.SimulateJobRequest;
		static encode(message: livekit.SimulateJobRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SimulateJobRequest & livekit.SimulateJobRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SimulateJobRequest {
		interface $Properties {
			type?: (livekit.JobType|null);
			room?: (livekit.Room.$Properties|null);
			participant?: (livekit.ParticipantInfo.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  type?: livekit.JobType|null;
		  room?: livekit.Room.$Shape|null;
		  participant?: livekit.ParticipantInfo.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IWorkerPing extends livekit.WorkerPing.$Properties {
	}

	class WorkerPing {
		constructor(properties?: livekit.WorkerPing.$Properties);
		$unknowns?: Uint8Array[];
		timestamp: number;
		static create(properties: livekit.WorkerPing.$Shape): livekit.WorkerPing & livekit.WorkerPing.$Shape;
		static create(properties?: livekit.WorkerPing.$Properties): livekit.WorkerPing;
		static encode(message: livekit.WorkerPing.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.WorkerPing & livekit.WorkerPing.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WorkerPing {
		interface $Properties {
			timestamp?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.WorkerPing.$Properties;
	}

	interface IWorkerPong extends livekit.WorkerPong.$Properties {
	}

	class WorkerPong {
		constructor(properties?: livekit.WorkerPong.$Properties);
		$unknowns?: Uint8Array[];
		lastTimestamp: number;
		timestamp: number;
		static create(properties: livekit.WorkerPong.$Shape): livekit.WorkerPong & livekit.WorkerPong.$Shape;
		static create(properties?: livekit.WorkerPong.$Properties): livekit.WorkerPong;
		static encode(message: livekit.WorkerPong.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.WorkerPong & livekit.WorkerPong.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WorkerPong {
		interface $Properties {
			lastTimestamp?: (number|null);
			timestamp?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.WorkerPong.$Properties;
	}

	interface IRegisterWorkerRequest extends livekit.RegisterWorkerRequest.$Properties {
	}

	class RegisterWorkerRequest {
		constructor(properties?: livekit.RegisterWorkerRequest.$Properties);
		$unknowns?: Uint8Array[];
		type: livekit.JobType;
		agentName: string;
		version: string;
		pingInterval: number;
		namespace?: (string|null);
		allowedPermissions?: (livekit.ParticipantPermission.$Properties|null);
		deployment: string;
		endpoints: livekit.AgentHttp.AgentEndpoint.$Properties[];
		instanceId: string;
		endpointProtocol: number;
		static create(properties: livekit.RegisterWorkerRequest.$Shape): livekit.RegisterWorkerRequest & livekit.RegisterWorkerRequest.$Shape;
		static create(properties?: livekit.RegisterWorkerRequest.$Properties): livekit.RegisterWorkerRequest;
		static encode(message: livekit.RegisterWorkerRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RegisterWorkerRequest & livekit.RegisterWorkerRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RegisterWorkerRequest {
		interface $Properties {
			type?: (livekit.JobType|null);
			agentName?: (string|null);
			version?: (string|null);
			pingInterval?: (number|null);
			namespace?: (string|null);
			allowedPermissions?: (livekit.ParticipantPermission.$Properties|null);
			deployment?: (string|null);
			endpoints?: (livekit.AgentHttp.AgentEndpoint.$Properties[]|null);
			instanceId?: (string|null);
			endpointProtocol?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RegisterWorkerRequest.$Properties;
	}

	interface IRegisterWorkerResponse extends livekit.RegisterWorkerResponse.$Properties {
	}

	class RegisterWorkerResponse {
		constructor(properties?: livekit.RegisterWorkerResponse.$Properties);
		$unknowns?: Uint8Array[];
		workerId: string;
		serverInfo?: (livekit.ServerInfo.$Properties|null);
		endpointSettings?: (livekit.AgentHttp.AgentEndpointSettings.$Properties|null);
		static create(properties: livekit.RegisterWorkerResponse.$Shape): livekit.RegisterWorkerResponse & livekit.RegisterWorkerResponse.$Shape;
		static create(properties?: livekit.RegisterWorkerResponse.$Properties): livekit.RegisterWorkerResponse;
		static encode(message: livekit.RegisterWorkerResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RegisterWorkerResponse & livekit.RegisterWorkerResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RegisterWorkerResponse {
		interface $Properties {
			workerId?: (string|null);
			serverInfo?: (livekit.ServerInfo.$Properties|null);
			endpointSettings?: (livekit.AgentHttp.AgentEndpointSettings.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RegisterWorkerResponse.$Properties;
	}

	interface IMigrateJobRequest extends livekit.MigrateJobRequest.$Properties {
	}

	class MigrateJobRequest {
		constructor(properties?: livekit.MigrateJobRequest.$Properties);
		$unknowns?: Uint8Array[];
		jobIds: string[];
		jobs: livekit.Job.$Properties[];
		static create(properties: livekit.MigrateJobRequest.$Shape): livekit.MigrateJobRequest & livekit.MigrateJobRequest.$Shape;
		static create(properties?: livekit.MigrateJobRequest.$Properties): livekit.MigrateJobRequest;
		static encode(message: livekit.MigrateJobRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.MigrateJobRequest & livekit.MigrateJobRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace MigrateJobRequest {
		interface $Properties {
			jobIds?: (string[]|null);
			jobs?: (livekit.Job.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  jobIds?: string[]|null;
		  jobs?: livekit.Job.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IAvailabilityRequest extends livekit.AvailabilityRequest.$Properties {
	}

	class AvailabilityRequest {
		constructor(properties?: livekit.AvailabilityRequest.$Properties);
		$unknowns?: Uint8Array[];
		job?: (livekit.Job.$Properties|null);
		resuming: boolean;
		static create(properties: livekit.AvailabilityRequest.$Shape): livekit.AvailabilityRequest & livekit.AvailabilityRequest.$Shape;
		static create(properties?: livekit.AvailabilityRequest.$Properties): livekit.AvailabilityRequest;
		static encode(message: livekit.AvailabilityRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AvailabilityRequest & livekit.AvailabilityRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AvailabilityRequest {
		interface $Properties {
			job?: (livekit.Job.$Properties|null);
			resuming?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  job?: livekit.Job.$Shape|null;
		  resuming?: boolean|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IAvailabilityResponse extends livekit.AvailabilityResponse.$Properties {
	}

	class AvailabilityResponse {
		constructor(properties?: livekit.AvailabilityResponse.$Properties);
		$unknowns?: Uint8Array[];
		jobId: string;
		available: boolean;
		supportsResume: boolean;
		terminate: boolean;
		participantName: string;
		participantIdentity: string;
		participantMetadata: string;
		participantAttributes: { [k: string]: string };
		static create(properties: livekit.AvailabilityResponse.$Shape): livekit.AvailabilityResponse & livekit.AvailabilityResponse.$Shape;
		static create(properties?: livekit.AvailabilityResponse.$Properties): livekit.AvailabilityResponse;
		static encode(message: livekit.AvailabilityResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AvailabilityResponse & livekit.AvailabilityResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AvailabilityResponse {
		interface $Properties {
			jobId?: (string|null);
			available?: (boolean|null);
			supportsResume?: (boolean|null);
			terminate?: (boolean|null);
			participantName?: (string|null);
			participantIdentity?: (string|null);
			participantMetadata?: (string|null);
			participantAttributes?: ({ [k: string]: string }|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.AvailabilityResponse.$Properties;
	}

	interface IUpdateJobStatus extends livekit.UpdateJobStatus.$Properties {
	}

	class UpdateJobStatus {
		constructor(properties?: livekit.UpdateJobStatus.$Properties);
		$unknowns?: Uint8Array[];
		jobId: string;
		status: livekit.JobStatus;
		error: string;
		joinTiming?: (livekit.JobJoinTiming.$Properties|null);
		static create(properties: livekit.UpdateJobStatus.$Shape): livekit.UpdateJobStatus & livekit.UpdateJobStatus.$Shape;
		static create(properties?: livekit.UpdateJobStatus.$Properties): livekit.UpdateJobStatus;
		static encode(message: livekit.UpdateJobStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateJobStatus & livekit.UpdateJobStatus.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateJobStatus {
		interface $Properties {
			jobId?: (string|null);
			status?: (livekit.JobStatus|null);
			error?: (string|null);
			joinTiming?: (livekit.JobJoinTiming.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdateJobStatus.$Properties;
	}

	interface IUpdateWorkerStatus extends livekit.UpdateWorkerStatus.$Properties {
	}

	class UpdateWorkerStatus {
		constructor(properties?: livekit.UpdateWorkerStatus.$Properties);
		$unknowns?: Uint8Array[];
		status?: (livekit.WorkerStatus|null);
		load: number;
		jobCount: number;
		draining: boolean;
		seq: number;
		static create(properties: livekit.UpdateWorkerStatus.$Shape): livekit.UpdateWorkerStatus & livekit.UpdateWorkerStatus.$Shape;
		static create(properties?: livekit.UpdateWorkerStatus.$Properties): livekit.UpdateWorkerStatus;
		static encode(message: livekit.UpdateWorkerStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateWorkerStatus & livekit.UpdateWorkerStatus.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateWorkerStatus {
		interface $Properties {
			status?: (livekit.WorkerStatus|null);
			load?: (number|null);
			jobCount?: (number|null);
			draining?: (boolean|null);
			seq?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdateWorkerStatus.$Properties;
	}

	interface IJobAssignment extends livekit.JobAssignment.$Properties {
	}

	class JobAssignment {
		constructor(properties?: livekit.JobAssignment.$Properties);
		$unknowns?: Uint8Array[];
		job?: (livekit.Job.$Properties|null);
		url?: (string|null);
		token: string;
		static create(properties: livekit.JobAssignment.$Shape): livekit.JobAssignment & livekit.JobAssignment.$Shape;
		static create(properties?: livekit.JobAssignment.$Properties): livekit.JobAssignment;
		static encode(message: livekit.JobAssignment.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.JobAssignment & livekit.JobAssignment.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace JobAssignment {
		interface $Properties {
			job?: (livekit.Job.$Properties|null);
			url?: (string|null);
			token?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  job?: livekit.Job.$Shape|null;
		  url?: string|null;
		  token?: string|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IJobTermination extends livekit.JobTermination.$Properties {
	}

	class JobTermination {
		constructor(properties?: livekit.JobTermination.$Properties);
		$unknowns?: Uint8Array[];
		jobId: string;
		static create(properties: livekit.JobTermination.$Shape): livekit.JobTermination & livekit.JobTermination.$Shape;
		static create(properties?: livekit.JobTermination.$Properties): livekit.JobTermination;
		static encode(message: livekit.JobTermination.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.JobTermination & livekit.JobTermination.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace JobTermination {
		interface $Properties {
			jobId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.JobTermination.$Properties;
	}

	interface IJobJoinTiming extends livekit.JobJoinTiming.$Properties {
	}

	class JobJoinTiming {
		constructor(properties?: livekit.JobJoinTiming.$Properties);
		$unknowns?: Uint8Array[];
		offerReceivedUs: number;
		acceptedUs: number;
		assignmentReceivedUs: number;
		launchedUs: number;
		launchWarm: boolean;
		entrypointStartedUs: number;
		connectCalledUs: number;
		connectedUs: number;
		static create(properties: livekit.JobJoinTiming.$Shape): livekit.JobJoinTiming & livekit.JobJoinTiming.$Shape;
		static create(properties?: livekit.JobJoinTiming.$Properties): livekit.JobJoinTiming;
		static encode(message: livekit.JobJoinTiming.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.JobJoinTiming & livekit.JobJoinTiming.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace JobJoinTiming {
		interface $Properties {
			offerReceivedUs?: (number|null);
			acceptedUs?: (number|null);
			assignmentReceivedUs?: (number|null);
			launchedUs?: (number|null);
			launchWarm?: (boolean|null);
			entrypointStartedUs?: (number|null);
			connectCalledUs?: (number|null);
			connectedUs?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.JobJoinTiming.$Properties;
	}

	interface ICreateJobTokenRequest extends livekit.CreateJobTokenRequest.$Properties {
	}

	class CreateJobTokenRequest {
		constructor(properties?: livekit.CreateJobTokenRequest.$Properties);
		$unknowns?: Uint8Array[];
		requestId: string;
		jobId: string;
		claims: string;
		static create(properties: livekit.CreateJobTokenRequest.$Shape): livekit.CreateJobTokenRequest & livekit.CreateJobTokenRequest.$Shape;
		static create(properties?: livekit.CreateJobTokenRequest.$Properties): livekit.CreateJobTokenRequest;
		static encode(message: livekit.CreateJobTokenRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.CreateJobTokenRequest & livekit.CreateJobTokenRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace CreateJobTokenRequest {
		interface $Properties {
			requestId?: (string|null);
			jobId?: (string|null);
			claims?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.CreateJobTokenRequest.$Properties;
	}

	interface ICreateJobTokenResponse extends livekit.CreateJobTokenResponse.$Properties {
	}

	class CreateJobTokenResponse {
		constructor(properties?: livekit.CreateJobTokenResponse.$Properties);
		$unknowns?: Uint8Array[];
		requestId: string;
		token: string;
		expiresAt: number;
		error: string;
		static create(properties: livekit.CreateJobTokenResponse.$Shape): livekit.CreateJobTokenResponse & livekit.CreateJobTokenResponse.$Shape;
		static create(properties?: livekit.CreateJobTokenResponse.$Properties): livekit.CreateJobTokenResponse;
		static encode(message: livekit.CreateJobTokenResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.CreateJobTokenResponse & livekit.CreateJobTokenResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace CreateJobTokenResponse {
		interface $Properties {
			requestId?: (string|null);
			token?: (string|null);
			expiresAt?: (number|null);
			error?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.CreateJobTokenResponse.$Properties;
	}

	interface IAgentHttp extends livekit.AgentHttp.$Properties {
	}

	class AgentHttp {
		constructor(properties?: livekit.AgentHttp.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: livekit.AgentHttp.$Shape): livekit.AgentHttp & livekit.AgentHttp.$Shape;
		static create(properties?: livekit.AgentHttp.$Properties): livekit.AgentHttp;
		static encode(message: livekit.AgentHttp.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AgentHttp & livekit.AgentHttp.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AgentHttp {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.AgentHttp.$Properties;

		enum AgentEndpointKind {
			AEK_HTTP = 0,
			AEK_TEXT = 1
		}

		enum HttpStreamResetCode {
			HSR_ABORT = 0,
			HSR_REFUSED = 1,
			HSR_INTERNAL = 2,
			HSR_TIMEOUT = 3,
			HSR_PROTOCOL = 4
		}

		interface IAgentEndpoint extends livekit.AgentHttp.AgentEndpoint.$Properties {
		}

		class AgentEndpoint {
			constructor(properties?: livekit.AgentHttp.AgentEndpoint.$Properties);
			$unknowns?: Uint8Array[];
			path: string;
			methods: string[];
			kind: livekit.AgentHttp.AgentEndpointKind;
			public: boolean;
			static create(properties: livekit.AgentHttp.AgentEndpoint.$Shape): livekit.AgentHttp.AgentEndpoint & livekit.AgentHttp.AgentEndpoint.$Shape;
			static create(properties?: livekit.AgentHttp.AgentEndpoint.$Properties): livekit.AgentHttp.AgentEndpoint;
			static encode(message: livekit.AgentHttp.AgentEndpoint.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AgentHttp.AgentEndpoint & livekit.AgentHttp.AgentEndpoint.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace AgentEndpoint {
			interface $Properties {
				path?: (string|null);
				methods?: (string[]|null);
				kind?: (livekit.AgentHttp.AgentEndpointKind|null);
				"public"?: (boolean|null);
				$unknowns?: Uint8Array[];
			}
			type $Shape = livekit.AgentHttp.AgentEndpoint.$Properties;
		}

		interface IAgentEndpointSettings extends livekit.AgentHttp.AgentEndpointSettings.$Properties {
		}

		class AgentEndpointSettings {
			constructor(properties?: livekit.AgentHttp.AgentEndpointSettings.$Properties);
			$unknowns?: Uint8Array[];
			protocol: number;
			static create(properties: livekit.AgentHttp.AgentEndpointSettings.$Shape): livekit.AgentHttp.AgentEndpointSettings & livekit.AgentHttp.AgentEndpointSettings.$Shape;
			static create(properties?: livekit.AgentHttp.AgentEndpointSettings.$Properties): livekit.AgentHttp.AgentEndpointSettings;
			static encode(message: livekit.AgentHttp.AgentEndpointSettings.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AgentHttp.AgentEndpointSettings & livekit.AgentHttp.AgentEndpointSettings.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace AgentEndpointSettings {
			interface $Properties {
				protocol?: (number|null);
				$unknowns?: Uint8Array[];
			}
			type $Shape = livekit.AgentHttp.AgentEndpointSettings.$Properties;
		}

		interface IStreamPreamble extends livekit.AgentHttp.StreamPreamble.$Properties {
		}

		class StreamPreamble {
			constructor(properties?: livekit.AgentHttp.StreamPreamble.$Properties);
			$unknowns?: Uint8Array[];
			kind: livekit.AgentHttp.AgentEndpointKind;
			requestId: string;
			authorized: boolean;
			route: string;
			timeoutMs: number;
			clientAddr: string;
			scheme: string;
			static create(properties: livekit.AgentHttp.StreamPreamble.$Shape): livekit.AgentHttp.StreamPreamble & livekit.AgentHttp.StreamPreamble.$Shape;
			static create(properties?: livekit.AgentHttp.StreamPreamble.$Properties): livekit.AgentHttp.StreamPreamble;
			static encode(message: livekit.AgentHttp.StreamPreamble.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AgentHttp.StreamPreamble & livekit.AgentHttp.StreamPreamble.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace StreamPreamble {
			interface $Properties {
				kind?: (livekit.AgentHttp.AgentEndpointKind|null);
				requestId?: (string|null);
				authorized?: (boolean|null);
				route?: (string|null);
				timeoutMs?: (number|null);
				clientAddr?: (string|null);
				scheme?: (string|null);
				$unknowns?: Uint8Array[];
			}
			type $Shape = livekit.AgentHttp.StreamPreamble.$Properties;
		}

		interface IGoAway extends livekit.AgentHttp.GoAway.$Properties {
		}

		class GoAway {
			constructor(properties?: livekit.AgentHttp.GoAway.$Properties);
			$unknowns?: Uint8Array[];
			reason: string;
			static create(properties: livekit.AgentHttp.GoAway.$Shape): livekit.AgentHttp.GoAway & livekit.AgentHttp.GoAway.$Shape;
			static create(properties?: livekit.AgentHttp.GoAway.$Properties): livekit.AgentHttp.GoAway;
			static encode(message: livekit.AgentHttp.GoAway.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AgentHttp.GoAway & livekit.AgentHttp.GoAway.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace GoAway {
			interface $Properties {
				reason?: (string|null);
				$unknowns?: Uint8Array[];
			}
			type $Shape = livekit.AgentHttp.GoAway.$Properties;
		}
	}

	enum AudioCodec {
		DEFAULT_AC = 0,
		OPUS = 1,
		AAC = 2,
		AC_MP3 = 3
	}

	enum VideoCodec {
		DEFAULT_VC = 0,
		H264_BASELINE = 1,
		H264_MAIN = 2,
		H264_HIGH = 3,
		VP8 = 4
	}

	enum ImageCodec {
		IC_DEFAULT = 0,
		IC_JPEG = 1
	}

	enum BackupCodecPolicy {
		PREFER_REGRESSION = 0,
		SIMULCAST = 1,
		REGRESSION = 2
	}

	enum TrackType {
		AUDIO = 0,
		VIDEO = 1,
		DATA = 2
	}

	enum TrackSource {
		UNKNOWN = 0,
		CAMERA = 1,
		MICROPHONE = 2,
		SCREEN_SHARE = 3,
		SCREEN_SHARE_AUDIO = 4
	}

	enum DataTrackExtensionID {
		DTEI_INVALID = 0,
		DTEI_E2EE = 1,
		DTEI_USER_TIMESTAMP = 2,
		DTEI_PARTICIPANT_SID = 255
	}

	enum VideoQuality {
		LOW = 0,
		MEDIUM = 1,
		HIGH = 2,
		OFF = 3
	}

	enum ConnectionQuality {
		POOR = 0,
		GOOD = 1,
		EXCELLENT = 2,
		LOST = 3
	}

	enum ClientConfigSetting {
		UNSET = 0,
		DISABLED = 1,
		ENABLED = 2
	}

	enum DisconnectReason {
		UNKNOWN_REASON = 0,
		CLIENT_INITIATED = 1,
		DUPLICATE_IDENTITY = 2,
		SERVER_SHUTDOWN = 3,
		PARTICIPANT_REMOVED = 4,
		ROOM_DELETED = 5,
		STATE_MISMATCH = 6,
		JOIN_FAILURE = 7,
		MIGRATION = 8,
		SIGNAL_CLOSE = 9,
		ROOM_CLOSED = 10,
		USER_UNAVAILABLE = 11,
		USER_REJECTED = 12,
		SIP_TRUNK_FAILURE = 13,
		CONNECTION_TIMEOUT = 14,
		MEDIA_FAILURE = 15,
		AGENT_ERROR = 16
	}

	enum RoomEndReason {
		ROOM_END_UNKNOWN = 0,
		ROOM_END_API_DELETE = 1,
		ROOM_END_IDLE_TIMEOUT = 2,
		ROOM_END_SERVER_SHUTDOWN = 3,
		ROOM_END_SUPERSEDED = 4,
		ROOM_END_OPEN_FAILED = 5
	}

	enum ReconnectReason {
		RR_UNKNOWN = 0,
		RR_SIGNAL_DISCONNECTED = 1,
		RR_PUBLISHER_FAILED = 2,
		RR_SUBSCRIBER_FAILED = 3,
		RR_SWITCH_CANDIDATE = 4
	}

	enum SubscriptionError {
		SE_UNKNOWN = 0,
		SE_CODEC_UNSUPPORTED = 1,
		SE_TRACK_NOTFOUND = 2
	}

	enum AudioTrackFeature {
		TF_STEREO = 0,
		TF_NO_DTX = 1,
		TF_AUTO_GAIN_CONTROL = 2,
		TF_ECHO_CANCELLATION = 3,
		TF_NOISE_SUPPRESSION = 4,
		TF_ENHANCED_NOISE_CANCELLATION = 5,
		TF_PRECONNECT_BUFFER = 6
	}

	enum PacketTrailerFeature {
		PTF_USER_TIMESTAMP = 0,
		PTF_FRAME_ID = 1,
		PTF_USER_DATA = 2
	}

	interface IPagination extends livekit.Pagination.$Properties {
	}

	class Pagination {
		constructor(properties?: livekit.Pagination.$Properties);
		$unknowns?: Uint8Array[];
		afterId: string;
		limit: number;
		static create(properties: livekit.Pagination.$Shape): livekit.Pagination & livekit.Pagination.$Shape;
		static create(properties?: livekit.Pagination.$Properties): livekit.Pagination;
		static encode(message: livekit.Pagination.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.Pagination & livekit.Pagination.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace Pagination {
		interface $Properties {
			afterId?: (string|null);
			limit?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.Pagination.$Properties;
	}

	interface ITokenPagination extends livekit.TokenPagination.$Properties {
	}

	class TokenPagination {
		constructor(properties?: livekit.TokenPagination.$Properties);
		$unknowns?: Uint8Array[];
		token: string;
		static create(properties: livekit.TokenPagination.$Shape): livekit.TokenPagination & livekit.TokenPagination.$Shape;
		static create(properties?: livekit.TokenPagination.$Properties): livekit.TokenPagination;
		static encode(message: livekit.TokenPagination.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TokenPagination & livekit.TokenPagination.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TokenPagination {
		interface $Properties {
			token?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.TokenPagination.$Properties;
	}

	interface IListUpdate extends livekit.ListUpdate.$Properties {
	}

	class ListUpdate {
		constructor(properties?: livekit.ListUpdate.$Properties);
		$unknowns?: Uint8Array[];
		set: string[];
		add: string[];
		remove: string[];
		clear: boolean;
		static create(properties: livekit.ListUpdate.$Shape): livekit.ListUpdate & livekit.ListUpdate.$Shape;
		static create(properties?: livekit.ListUpdate.$Properties): livekit.ListUpdate;
		static encode(message: livekit.ListUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListUpdate & livekit.ListUpdate.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListUpdate {
		interface $Properties {
			set?: (string[]|null);
			add?: (string[]|null);
			remove?: (string[]|null);
			clear?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListUpdate.$Properties;
	}

	interface IRoom extends livekit.Room.$Properties {
	}

	class Room {
		constructor(properties?: livekit.Room.$Properties);
		$unknowns?: Uint8Array[];
		sid: string;
		name: string;
		emptyTimeout: number;
		departureTimeout: number;
		maxParticipants: number;
		creationTime: number;
		creationTimeMs: number;
		turnPassword: string;
		enabledCodecs: livekit.Codec.$Properties[];
		metadata: string;
		numParticipants: number;
		numPublishers: number;
		activeRecording: boolean;
		version?: (livekit.TimedVersion.$Properties|null);
		static create(properties: livekit.Room.$Shape): livekit.Room & livekit.Room.$Shape;
		static create(properties?: livekit.Room.$Properties): livekit.Room;
		static encode(message: livekit.Room.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.Room & livekit.Room.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace Room {
		interface $Properties {
			sid?: (string|null);
			name?: (string|null);
			emptyTimeout?: (number|null);
			departureTimeout?: (number|null);
			maxParticipants?: (number|null);
			creationTime?: (number|null);
			creationTimeMs?: (number|null);
			turnPassword?: (string|null);
			enabledCodecs?: (livekit.Codec.$Properties[]|null);
			metadata?: (string|null);
			numParticipants?: (number|null);
			numPublishers?: (number|null);
			activeRecording?: (boolean|null);
			version?: (livekit.TimedVersion.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.Room.$Properties;
	}

	interface ICodec extends livekit.Codec.$Properties {
	}

	class Codec {
		constructor(properties?: livekit.Codec.$Properties);
		$unknowns?: Uint8Array[];
		mime: string;
		fmtpLine: string;
		static create(properties: livekit.Codec.$Shape): livekit.Codec & livekit.Codec.$Shape;
		static create(properties?: livekit.Codec.$Properties): livekit.Codec;
		static encode(message: livekit.Codec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.Codec & livekit.Codec.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace Codec {
		interface $Properties {
			mime?: (string|null);
			fmtpLine?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.Codec.$Properties;
	}

	interface IPlayoutDelay extends livekit.PlayoutDelay.$Properties {
	}

	class PlayoutDelay {
		constructor(properties?: livekit.PlayoutDelay.$Properties);
		$unknowns?: Uint8Array[];
		enabled: boolean;
		min: number;
		max: number;
		static create(properties: livekit.PlayoutDelay.$Shape): livekit.PlayoutDelay & livekit.PlayoutDelay.$Shape;
		static create(properties?: livekit.PlayoutDelay.$Properties): livekit.PlayoutDelay;
		static encode(message: livekit.PlayoutDelay.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.PlayoutDelay & livekit.PlayoutDelay.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace PlayoutDelay {
		interface $Properties {
			enabled?: (boolean|null);
			min?: (number|null);
			max?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.PlayoutDelay.$Properties;
	}

	interface IParticipantPermission extends livekit.ParticipantPermission.$Properties {
	}

	class ParticipantPermission {
		constructor(properties?: livekit.ParticipantPermission.$Properties);
		$unknowns?: Uint8Array[];
		canSubscribe: boolean;
		canPublish: boolean;
		canPublishData: boolean;
		canPublishSources: livekit.TrackSource[];
		hidden: boolean;
		recorder: boolean;
		canUpdateMetadata: boolean;
		agent: boolean;
		canSubscribeMetrics: boolean;
		canManageAgentSession: boolean;
		static create(properties: livekit.ParticipantPermission.$Shape): livekit.ParticipantPermission & livekit.ParticipantPermission.$Shape;
		static create(properties?: livekit.ParticipantPermission.$Properties): livekit.ParticipantPermission;
		static encode(message: livekit.ParticipantPermission.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ParticipantPermission & livekit.ParticipantPermission.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ParticipantPermission {
		interface $Properties {
			canSubscribe?: (boolean|null);
			canPublish?: (boolean|null);
			canPublishData?: (boolean|null);
			canPublishSources?: (livekit.TrackSource[]|null);
			hidden?: (boolean|null);
			recorder?: (boolean|null);
			canUpdateMetadata?: (boolean|null);
			agent?: (boolean|null);
			canSubscribeMetrics?: (boolean|null);
			canManageAgentSession?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ParticipantPermission.$Properties;
	}

	interface IParticipantInfo extends livekit.ParticipantInfo.$Properties {
	}

	class ParticipantInfo {
		constructor(properties?: livekit.ParticipantInfo.$Properties);
		$unknowns?: Uint8Array[];
		sid: string;
		identity: string;
		state: livekit.ParticipantInfo.State;
		tracks: livekit.TrackInfo.$Properties[];
		metadata: string;
		joinedAt: number;
		joinedAtMs: number;
		name: string;
		version: number;
		permission?: (livekit.ParticipantPermission.$Properties|null);
		region: string;
		isPublisher: boolean;
		kind: livekit.ParticipantInfo.Kind;
		attributes: { [k: string]: string };
		disconnectReason: livekit.DisconnectReason;
		kindDetails: livekit.ParticipantInfo.KindDetail[];
		dataTracks: livekit.DataTrackInfo.$Properties[];
		clientProtocol: number;
		capabilities: livekit.ClientInfo.Capability[];
		static create(properties: livekit.ParticipantInfo.$Shape): livekit.ParticipantInfo & livekit.ParticipantInfo.$Shape;
		static create(properties?: livekit.ParticipantInfo.$Properties): livekit.ParticipantInfo;
		static encode(message: livekit.ParticipantInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ParticipantInfo & livekit.ParticipantInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ParticipantInfo {
		interface $Properties {
			sid?: (string|null);
			identity?: (string|null);
			state?: (livekit.ParticipantInfo.State|null);
			tracks?: (livekit.TrackInfo.$Properties[]|null);
			metadata?: (string|null);
			joinedAt?: (number|null);
			joinedAtMs?: (number|null);
			name?: (string|null);
			version?: (number|null);
			permission?: (livekit.ParticipantPermission.$Properties|null);
			region?: (string|null);
			isPublisher?: (boolean|null);
			kind?: (livekit.ParticipantInfo.Kind|null);
			attributes?: ({ [k: string]: string }|null);
			disconnectReason?: (livekit.DisconnectReason|null);
			kindDetails?: (livekit.ParticipantInfo.KindDetail[]|null);
			dataTracks?: (livekit.DataTrackInfo.$Properties[]|null);
			clientProtocol?: (number|null);
			capabilities?: (livekit.ClientInfo.Capability[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  sid?: string|null;
		  identity?: string|null;
		  state?: livekit.ParticipantInfo.State|null;
		  tracks?: livekit.TrackInfo.$Shape[]|null;
		  metadata?: string|null;
		  joinedAt?: number|null;
		  joinedAtMs?: number|null;
		  name?: string|null;
		  version?: number|null;
		  permission?: livekit.ParticipantPermission.$Shape|null;
		  region?: string|null;
		  isPublisher?: boolean|null;
		  kind?: livekit.ParticipantInfo.Kind|null;
		  attributes?: { [k: string]: string }|null;
		  disconnectReason?: livekit.DisconnectReason|null;
		  kindDetails?: livekit.ParticipantInfo.KindDetail[]|null;
		  dataTracks?: livekit.DataTrackInfo.$Shape[]|null;
		  clientProtocol?: number|null;
		  capabilities?: livekit.ClientInfo.Capability[]|null;
		  $unknowns?: Uint8Array[];
		};

		enum State {
			JOINING = 0,
			JOINED = 1,
			ACTIVE = 2,
			DISCONNECTED = 3
		}

		enum Kind {
			STANDARD = 0,
			INGRESS = 1,
			EGRESS = 2,
			SIP = 3,
			AGENT = 4,
			CONNECTOR = 7,
			BRIDGE = 8
		}

		enum KindDetail {
			CLOUD_AGENT = 0,
			FORWARDED = 1,
			CONNECTOR_WHATSAPP = 2,
			CONNECTOR_TWILIO = 3,
			BRIDGE_RTSP = 4,
			SIMULATION = 5
		}
	}

	interface IEncryption extends livekit.Encryption.$Properties {
	}

	class Encryption {
		constructor(properties?: livekit.Encryption.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: livekit.Encryption.$Shape): livekit.Encryption & livekit.Encryption.$Shape;
		static create(properties?: livekit.Encryption.$Properties): livekit.Encryption;
		static encode(message: livekit.Encryption.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.Encryption & livekit.Encryption.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace Encryption {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.Encryption.$Properties;

		enum Type {
			NONE = 0,
			GCM = 1,
			CUSTOM = 2
		}
	}

	interface ISimulcastCodecInfo extends livekit.SimulcastCodecInfo.$Properties {
	}

	class SimulcastCodecInfo {
		constructor(properties?: livekit.SimulcastCodecInfo.$Properties);
		$unknowns?: Uint8Array[];
		mimeType: string;
		mid: string;
		cid: string;
		layers: livekit.VideoLayer.$Properties[];
		videoLayerMode: livekit.VideoLayer.Mode;
		sdpCid: string;
		static create(properties: livekit.SimulcastCodecInfo.$Shape): livekit.SimulcastCodecInfo & livekit.SimulcastCodecInfo.$Shape;
		static create(properties?: livekit.SimulcastCodecInfo.$Properties): livekit.SimulcastCodecInfo;
		static encode(message: livekit.SimulcastCodecInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SimulcastCodecInfo & livekit.SimulcastCodecInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SimulcastCodecInfo {
		interface $Properties {
			mimeType?: (string|null);
			mid?: (string|null);
			cid?: (string|null);
			layers?: (livekit.VideoLayer.$Properties[]|null);
			videoLayerMode?: (livekit.VideoLayer.Mode|null);
			sdpCid?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SimulcastCodecInfo.$Properties;
	}

	interface ITrackInfo extends livekit.TrackInfo.$Properties {
	}

	class TrackInfo {
		constructor(properties?: livekit.TrackInfo.$Properties);
		$unknowns?: Uint8Array[];
		sid: string;
		type: livekit.TrackType;
		name: string;
		muted: boolean;
		width: number;
		height: number;
		simulcast: boolean;
		disableDtx: boolean;
		source: livekit.TrackSource;
		layers: livekit.VideoLayer.$Properties[];
		mimeType: string;
		mid: string;
		codecs: livekit.SimulcastCodecInfo.$Properties[];
		stereo: boolean;
		disableRed: boolean;
		encryption: livekit.Encryption.Type;
		stream: string;
		version?: (livekit.TimedVersion.$Properties|null);
		audioFeatures: livekit.AudioTrackFeature[];
		backupCodecPolicy: livekit.BackupCodecPolicy;
		packetTrailerFeatures: livekit.PacketTrailerFeature[];
		static create(properties: livekit.TrackInfo.$Shape): livekit.TrackInfo & livekit.TrackInfo.$Shape;
		static create(properties?: livekit.TrackInfo.$Properties): livekit.TrackInfo;
		static encode(message: livekit.TrackInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TrackInfo & livekit.TrackInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TrackInfo {
		interface $Properties {
			sid?: (string|null);
			type?: (livekit.TrackType|null);
			name?: (string|null);
			muted?: (boolean|null);
			width?: (number|null);
			height?: (number|null);
			simulcast?: (boolean|null);
			disableDtx?: (boolean|null);
			source?: (livekit.TrackSource|null);
			layers?: (livekit.VideoLayer.$Properties[]|null);
			mimeType?: (string|null);
			mid?: (string|null);
			codecs?: (livekit.SimulcastCodecInfo.$Properties[]|null);
			stereo?: (boolean|null);
			disableRed?: (boolean|null);
			encryption?: (livekit.Encryption.Type|null);
			stream?: (string|null);
			version?: (livekit.TimedVersion.$Properties|null);
			audioFeatures?: (livekit.AudioTrackFeature[]|null);
			backupCodecPolicy?: (livekit.BackupCodecPolicy|null);
			packetTrailerFeatures?: (livekit.PacketTrailerFeature[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.TrackInfo.$Properties;
	}

	interface IDataTrackInfo extends livekit.DataTrackInfo.$Properties {
	}

	class DataTrackInfo {
		constructor(properties?: livekit.DataTrackInfo.$Properties);
		$unknowns?: Uint8Array[];
		pubHandle: number;
		sid: string;
		name: string;
		encryption: livekit.Encryption.Type;
		frameEncoding?: (livekit.DataTrackFrameEncoding.$Properties|null);
		schema?: (livekit.DataTrackSchemaId.$Properties|null);
		static create(properties: livekit.DataTrackInfo.$Shape): livekit.DataTrackInfo & livekit.DataTrackInfo.$Shape;
		static create(properties?: livekit.DataTrackInfo.$Properties): livekit.DataTrackInfo;
		static encode(message: livekit.DataTrackInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataTrackInfo & livekit.DataTrackInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DataTrackInfo {
		interface $Properties {
			pubHandle?: (number|null);
			sid?: (string|null);
			name?: (string|null);
			encryption?: (livekit.Encryption.Type|null);
			frameEncoding?: (livekit.DataTrackFrameEncoding.$Properties|null);
			schema?: (livekit.DataTrackSchemaId.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  pubHandle?: number|null;
		  sid?: string|null;
		  name?: string|null;
		  encryption?: livekit.Encryption.Type|null;
		  frameEncoding?: livekit.DataTrackFrameEncoding.$Shape|null;
		  schema?: livekit.DataTrackSchemaId.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IDataTrackFrameEncoding extends livekit.DataTrackFrameEncoding.$Properties {
	}

	class DataTrackFrameEncoding {
		constructor(properties?: livekit.DataTrackFrameEncoding.$Properties);
		$unknowns?: Uint8Array[];
		wellKnown?: (livekit.DataTrackFrameEncoding.WellKnownFrameEncoding|null);
		custom?: (string|null);
		value?: ("wellKnown"|"custom");
		static create(properties: livekit.DataTrackFrameEncoding.$Shape): livekit.DataTrackFrameEncoding & livekit.DataTrackFrameEncoding.$Shape;
		static create(properties?: livekit.DataTrackFrameEncoding.$Properties): livekit.DataTrackFrameEncoding;
		static encode(message: livekit.DataTrackFrameEncoding.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataTrackFrameEncoding & livekit.DataTrackFrameEncoding.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DataTrackFrameEncoding {
		interface $Properties {
			wellKnown?: (livekit.DataTrackFrameEncoding.WellKnownFrameEncoding|null);
			custom?: (string|null);
			value?: ("wellKnown"|"custom");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  wellKnown?: livekit.DataTrackFrameEncoding.WellKnownFrameEncoding|null;
		  custom?: string|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ value?: undefined; wellKnown?: null; custom?: null }|{ value?: "wellKnown"; wellKnown: livekit.DataTrackFrameEncoding.WellKnownFrameEncoding; custom?: null }|{ value?: "custom"; wellKnown?: null; custom: string })
		);

		enum WellKnownFrameEncoding {
			WELL_KNOWN_FRAME_ENCODING_UNSPECIFIED = 0,
			WELL_KNOWN_FRAME_ENCODING_ROS1 = 1,
			WELL_KNOWN_FRAME_ENCODING_CDR = 2,
			WELL_KNOWN_FRAME_ENCODING_PROTOBUF = 3,
			WELL_KNOWN_FRAME_ENCODING_FLATBUFFER = 4,
			WELL_KNOWN_FRAME_ENCODING_CBOR = 5,
			WELL_KNOWN_FRAME_ENCODING_MSGPACK = 6,
			WELL_KNOWN_FRAME_ENCODING_JSON = 7
		}
	}

	interface IDataTrackSchemaEncoding extends livekit.DataTrackSchemaEncoding.$Properties {
	}

	class DataTrackSchemaEncoding {
		constructor(properties?: livekit.DataTrackSchemaEncoding.$Properties);
		$unknowns?: Uint8Array[];
		wellKnown?: (livekit.DataTrackSchemaEncoding.WellKnownSchemaEncoding|null);
		custom?: (string|null);
		value?: ("wellKnown"|"custom");
		static create(properties: livekit.DataTrackSchemaEncoding.$Shape): livekit.DataTrackSchemaEncoding & livekit.DataTrackSchemaEncoding.$Shape;
		static create(properties?: livekit.DataTrackSchemaEncoding.$Properties): livekit.DataTrackSchemaEncoding;
		static encode(message: livekit.DataTrackSchemaEncoding.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataTrackSchemaEncoding & livekit.DataTrackSchemaEncoding.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DataTrackSchemaEncoding {
		interface $Properties {
			wellKnown?: (livekit.DataTrackSchemaEncoding.WellKnownSchemaEncoding|null);
			custom?: (string|null);
			value?: ("wellKnown"|"custom");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  wellKnown?: livekit.DataTrackSchemaEncoding.WellKnownSchemaEncoding|null;
		  custom?: string|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ value?: undefined; wellKnown?: null; custom?: null }|{ value?: "wellKnown"; wellKnown: livekit.DataTrackSchemaEncoding.WellKnownSchemaEncoding; custom?: null }|{ value?: "custom"; wellKnown?: null; custom: string })
		);

		enum WellKnownSchemaEncoding {
			WELL_KNOWN_SCHEMA_ENCODING_UNSPECIFIED = 0,
			WELL_KNOWN_SCHEMA_ENCODING_PROTOBUF = 1,
			WELL_KNOWN_SCHEMA_ENCODING_FLATBUFFER = 2,
			WELL_KNOWN_SCHEMA_ENCODING_ROS1_MSG = 3,
			WELL_KNOWN_SCHEMA_ENCODING_ROS2_MSG = 4,
			WELL_KNOWN_SCHEMA_ENCODING_ROS2_IDL = 5,
			WELL_KNOWN_SCHEMA_ENCODING_OMG_IDL = 6,
			WELL_KNOWN_SCHEMA_ENCODING_JSON_SCHEMA = 7
		}
	}

	interface IDataTrackSchemaId extends livekit.DataTrackSchemaId.$Properties {
	}

	class DataTrackSchemaId {
		constructor(properties?: livekit.DataTrackSchemaId.$Properties);
		$unknowns?: Uint8Array[];
		name: string;
		encoding?: (livekit.DataTrackSchemaEncoding.$Properties|null);
		static create(properties: livekit.DataTrackSchemaId.$Shape): livekit.DataTrackSchemaId & livekit.DataTrackSchemaId.$Shape;
		static create(properties?: livekit.DataTrackSchemaId.$Properties): livekit.DataTrackSchemaId;
		static encode(message: livekit.DataTrackSchemaId.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataTrackSchemaId & livekit.DataTrackSchemaId.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DataTrackSchemaId {
		interface $Properties {
			name?: (string|null);
			encoding?: (livekit.DataTrackSchemaEncoding.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  name?: string|null;
		  encoding?: livekit.DataTrackSchemaEncoding.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IDataTrackExtensionParticipantSid extends livekit.DataTrackExtensionParticipantSid.$Properties {
	}

	class DataTrackExtensionParticipantSid {
		constructor(properties?: livekit.DataTrackExtensionParticipantSid.$Properties);
		$unknowns?: Uint8Array[];
		id: livekit.DataTrackExtensionID;
		participantSid: string;
		static create(properties: livekit.DataTrackExtensionParticipantSid.$Shape): livekit.DataTrackExtensionParticipantSid & livekit.DataTrackExtensionParticipantSid.$Shape;
		static create(properties?: livekit.DataTrackExtensionParticipantSid.$Properties): livekit.DataTrackExtensionParticipantSid;
		static encode(message: livekit.DataTrackExtensionParticipantSid.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataTrackExtensionParticipantSid & livekit.DataTrackExtensionParticipantSid.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DataTrackExtensionParticipantSid {
		interface $Properties {
			id?: (livekit.DataTrackExtensionID|null);
			participantSid?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DataTrackExtensionParticipantSid.$Properties;
	}

	interface IDataTrackSubscriptionOptions extends livekit.DataTrackSubscriptionOptions.$Properties {
	}

	class DataTrackSubscriptionOptions {
		constructor(properties?: livekit.DataTrackSubscriptionOptions.$Properties);
		$unknowns?: Uint8Array[];
		targetFps?: (number|null);
		static create(properties: livekit.DataTrackSubscriptionOptions.$Shape): livekit.DataTrackSubscriptionOptions & livekit.DataTrackSubscriptionOptions.$Shape;
		static create(properties?: livekit.DataTrackSubscriptionOptions.$Properties): livekit.DataTrackSubscriptionOptions;
		static encode(message: livekit.DataTrackSubscriptionOptions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataTrackSubscriptionOptions & livekit.DataTrackSubscriptionOptions.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DataTrackSubscriptionOptions {
		interface $Properties {
			targetFps?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DataTrackSubscriptionOptions.$Properties;
	}

	interface IDataBlobKey extends livekit.DataBlobKey.$Properties {
	}

	class DataBlobKey {
		constructor(properties?: livekit.DataBlobKey.$Properties);
		$unknowns?: Uint8Array[];
		generic?: (string|null);
		schemaId?: (livekit.DataTrackSchemaId.$Properties|null);
		key?: ("generic"|"schemaId");
		static create(properties: livekit.DataBlobKey.$Shape): livekit.DataBlobKey & livekit.DataBlobKey.$Shape;
		static create(properties?: livekit.DataBlobKey.$Properties): livekit.DataBlobKey;
		static encode(message: livekit.DataBlobKey.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataBlobKey & livekit.DataBlobKey.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DataBlobKey {
		interface $Properties {
			generic?: (string|null);
			schemaId?: (livekit.DataTrackSchemaId.$Properties|null);
			key?: ("generic"|"schemaId");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  generic?: string|null;
		  schemaId?: livekit.DataTrackSchemaId.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ key?: undefined; generic?: null; schemaId?: null }|{ key?: "generic"; generic: string; schemaId?: null }|{ key?: "schemaId"; generic?: null; schemaId: livekit.DataTrackSchemaId.$Shape })
		);
	}

	interface IDataBlob extends livekit.DataBlob.$Properties {
	}

	class DataBlob {
		constructor(properties?: livekit.DataBlob.$Properties);
		$unknowns?: Uint8Array[];
		key?: (livekit.DataBlobKey.$Properties|null);
		contents: Uint8Array;
		static create(properties: livekit.DataBlob.$Shape): livekit.DataBlob & livekit.DataBlob.$Shape;
		static create(properties?: livekit.DataBlob.$Properties): livekit.DataBlob;
		static encode(message: livekit.DataBlob.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataBlob & livekit.DataBlob.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DataBlob {
		interface $Properties {
			key?: (livekit.DataBlobKey.$Properties|null);
			contents?: (Uint8Array|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  key?: livekit.DataBlobKey.$Shape|null;
		  contents?: Uint8Array|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IVideoLayer extends livekit.VideoLayer.$Properties {
	}

	class VideoLayer {
		constructor(properties?: livekit.VideoLayer.$Properties);
		$unknowns?: Uint8Array[];
		quality: livekit.VideoQuality;
		width: number;
		height: number;
		bitrate: number;
		ssrc: number;
		spatialLayer: number;
		rid: string;
		repairSsrc: number;
		static create(properties: livekit.VideoLayer.$Shape): livekit.VideoLayer & livekit.VideoLayer.$Shape;
		static create(properties?: livekit.VideoLayer.$Properties): livekit.VideoLayer;
		static encode(message: livekit.VideoLayer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.VideoLayer & livekit.VideoLayer.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace VideoLayer {
		interface $Properties {
			quality?: (livekit.VideoQuality|null);
			width?: (number|null);
			height?: (number|null);
			bitrate?: (number|null);
			ssrc?: (number|null);
			spatialLayer?: (number|null);
			rid?: (string|null);
			repairSsrc?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.VideoLayer.$Properties;

		enum Mode {
			MODE_UNUSED = 0,
			ONE_SPATIAL_LAYER_PER_STREAM = 1,
			MULTIPLE_SPATIAL_LAYERS_PER_STREAM = 2,
			ONE_SPATIAL_LAYER_PER_STREAM_INCOMPLETE_RTCP_SR = 3
		}
	}

	interface IDataPacket extends livekit.DataPacket.$Properties {
	}

	class DataPacket {
		constructor(properties?: livekit.DataPacket.$Properties);
		$unknowns?: Uint8Array[];
		kind: livekit.DataPacket.Kind;
		participantIdentity: string;
		destinationIdentities: string[];
		user?: (livekit.UserPacket.$Properties|null);
		speaker?: (livekit.ActiveSpeakerUpdate.$Properties|null);
		sipDtmf?: (livekit.SipDTMF.$Properties|null);
		transcription?: (livekit.Transcription.$Properties|null);
		metrics?: (livekit.MetricsBatch.$Properties|null);
		chatMessage?: (livekit.ChatMessage.$Properties|null);
		rpcRequest?: (livekit.RpcRequest.$Properties|null);
		rpcAck?: (livekit.RpcAck.$Properties|null);
		rpcResponse?: (livekit.RpcResponse.$Properties|null);
		streamHeader?: (livekit.DataStream.Header.$Properties|null);
		streamChunk?: (livekit.DataStream.Chunk.$Properties|null);
		streamTrailer?: (livekit.DataStream.Trailer.$Properties|null);
		encryptedPacket?: (livekit.EncryptedPacket.$Properties|null);
		sequence: number;
		participantSid: string;
		value?: ("user"|"speaker"|"sipDtmf"|"transcription"|"metrics"|"chatMessage"|"rpcRequest"|"rpcAck"|"rpcResponse"|"streamHeader"|"streamChunk"|"streamTrailer"|"encryptedPacket");
		static create(properties: livekit.DataPacket.$Shape): livekit.DataPacket & livekit.DataPacket.$Shape;
		static create(properties?: livekit.DataPacket.$Properties): livekit.DataPacket;
		static encode(message: livekit.DataPacket.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataPacket & livekit.DataPacket.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DataPacket {
		interface $Properties {
			kind?: (livekit.DataPacket.Kind|null);
			participantIdentity?: (string|null);
			destinationIdentities?: (string[]|null);
			user?: (livekit.UserPacket.$Properties|null);
			speaker?: (livekit.ActiveSpeakerUpdate.$Properties|null);
			sipDtmf?: (livekit.SipDTMF.$Properties|null);
			transcription?: (livekit.Transcription.$Properties|null);
			metrics?: (livekit.MetricsBatch.$Properties|null);
			chatMessage?: (livekit.ChatMessage.$Properties|null);
			rpcRequest?: (livekit.RpcRequest.$Properties|null);
			rpcAck?: (livekit.RpcAck.$Properties|null);
			rpcResponse?: (livekit.RpcResponse.$Properties|null);
			streamHeader?: (livekit.DataStream.Header.$Properties|null);
			streamChunk?: (livekit.DataStream.Chunk.$Properties|null);
			streamTrailer?: (livekit.DataStream.Trailer.$Properties|null);
			encryptedPacket?: (livekit.EncryptedPacket.$Properties|null);
			sequence?: (number|null);
			participantSid?: (string|null);
			value?: ("user"|"speaker"|"sipDtmf"|"transcription"|"metrics"|"chatMessage"|"rpcRequest"|"rpcAck"|"rpcResponse"|"streamHeader"|"streamChunk"|"streamTrailer"|"encryptedPacket");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  kind?: livekit.DataPacket.Kind|null;
		  participantIdentity?: string|null;
		  destinationIdentities?: string[]|null;
		  user?: livekit.UserPacket.$Shape|null;
		  speaker?: livekit.ActiveSpeakerUpdate.$Shape|null;
		  sipDtmf?: livekit.SipDTMF.$Shape|null;
		  transcription?: livekit.Transcription.$Shape|null;
		  metrics?: livekit.MetricsBatch.$Shape|null;
		  chatMessage?: livekit.ChatMessage.$Shape|null;
		  rpcRequest?: livekit.RpcRequest.$Shape|null;
		  rpcAck?: livekit.RpcAck.$Shape|null;
		  rpcResponse?: livekit.RpcResponse.$Shape|null;
		  streamHeader?: livekit.DataStream.Header.$Shape|null;
		  streamChunk?: livekit.DataStream.Chunk.$Shape|null;
		  streamTrailer?: livekit.DataStream.Trailer.$Shape|null;
		  encryptedPacket?: livekit.EncryptedPacket.$Shape|null;
		  sequence?: number|null;
		  participantSid?: string|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ value?: undefined; user?: null; speaker?: null; sipDtmf?: null; transcription?: null; metrics?: null; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer?: null; encryptedPacket?: null }|{ value?: "user"; user: livekit.UserPacket.$Shape; speaker?: null; sipDtmf?: null; transcription?: null; metrics?: null; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer?: null; encryptedPacket?: null }|{ value?: "speaker"; user?: null; speaker: livekit.ActiveSpeakerUpdate.$Shape; sipDtmf?: null; transcription?: null; metrics?: null; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer?: null; encryptedPacket?: null }|{ value?: "sipDtmf"; user?: null; speaker?: null; sipDtmf: livekit.SipDTMF.$Shape; transcription?: null; metrics?: null; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer?: null; encryptedPacket?: null }|{ value?: "transcription"; user?: null; speaker?: null; sipDtmf?: null; transcription: livekit.Transcription.$Shape; metrics?: null; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer?: null; encryptedPacket?: null }|{ value?: "metrics"; user?: null; speaker?: null; sipDtmf?: null; transcription?: null; metrics: livekit.MetricsBatch.$Shape; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer?: null; encryptedPacket?: null }|{ value?: "chatMessage"; user?: null; speaker?: null; sipDtmf?: null; transcription?: null; metrics?: null; chatMessage: livekit.ChatMessage.$Shape; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer?: null; encryptedPacket?: null }|{ value?: "rpcRequest"; user?: null; speaker?: null; sipDtmf?: null; transcription?: null; metrics?: null; chatMessage?: null; rpcRequest: livekit.RpcRequest.$Shape; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer?: null; encryptedPacket?: null }|{ value?: "rpcAck"; user?: null; speaker?: null; sipDtmf?: null; transcription?: null; metrics?: null; chatMessage?: null; rpcRequest?: null; rpcAck: livekit.RpcAck.$Shape; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer?: null; encryptedPacket?: null }|{ value?: "rpcResponse"; user?: null; speaker?: null; sipDtmf?: null; transcription?: null; metrics?: null; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse: livekit.RpcResponse.$Shape; streamHeader?: null; streamChunk?: null; streamTrailer?: null; encryptedPacket?: null }|{ value?: "streamHeader"; user?: null; speaker?: null; sipDtmf?: null; transcription?: null; metrics?: null; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader: livekit.DataStream.Header.$Shape; streamChunk?: null; streamTrailer?: null; encryptedPacket?: null }|{ value?: "streamChunk"; user?: null; speaker?: null; sipDtmf?: null; transcription?: null; metrics?: null; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk: livekit.DataStream.Chunk.$Shape; streamTrailer?: null; encryptedPacket?: null }|{ value?: "streamTrailer"; user?: null; speaker?: null; sipDtmf?: null; transcription?: null; metrics?: null; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer: livekit.DataStream.Trailer.$Shape; encryptedPacket?: null }|{ value?: "encryptedPacket"; user?: null; speaker?: null; sipDtmf?: null; transcription?: null; metrics?: null; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer?: null; encryptedPacket: livekit.EncryptedPacket.$Shape })
		);

		enum Kind {
			RELIABLE = 0,
			LOSSY = 1
		}
	}

	interface IEncryptedPacket extends livekit.EncryptedPacket.$Properties {
	}

	class EncryptedPacket {
		constructor(properties?: livekit.EncryptedPacket.$Properties);
		$unknowns?: Uint8Array[];
		encryptionType: livekit.Encryption.Type;
		iv: Uint8Array;
		keyIndex: number;
		encryptedValue: Uint8Array;
		static create(properties: livekit.EncryptedPacket.$Shape): livekit.EncryptedPacket & livekit.EncryptedPacket.$Shape;
		static create(properties?: livekit.EncryptedPacket.$Properties): livekit.EncryptedPacket;
		static encode(message: livekit.EncryptedPacket.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.EncryptedPacket & livekit.EncryptedPacket.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace EncryptedPacket {
		interface $Properties {
			encryptionType?: (livekit.Encryption.Type|null);
			iv?: (Uint8Array|null);
			keyIndex?: (number|null);
			encryptedValue?: (Uint8Array|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.EncryptedPacket.$Properties;
	}

	interface IEncryptedPacketPayload extends livekit.EncryptedPacketPayload.$Properties {
	}

	class EncryptedPacketPayload {
		constructor(properties?: livekit.EncryptedPacketPayload.$Properties);
		$unknowns?: Uint8Array[];
		user?: (livekit.UserPacket.$Properties|null);
		chatMessage?: (livekit.ChatMessage.$Properties|null);
		rpcRequest?: (livekit.RpcRequest.$Properties|null);
		rpcAck?: (livekit.RpcAck.$Properties|null);
		rpcResponse?: (livekit.RpcResponse.$Properties|null);
		streamHeader?: (livekit.DataStream.Header.$Properties|null);
		streamChunk?: (livekit.DataStream.Chunk.$Properties|null);
		streamTrailer?: (livekit.DataStream.Trailer.$Properties|null);
		value?: ("user"|"chatMessage"|"rpcRequest"|"rpcAck"|"rpcResponse"|"streamHeader"|"streamChunk"|"streamTrailer");
		static create(properties: livekit.EncryptedPacketPayload.$Shape): livekit.EncryptedPacketPayload & livekit.EncryptedPacketPayload.$Shape;
		static create(properties?: livekit.EncryptedPacketPayload.$Properties): livekit.EncryptedPacketPayload;
		static encode(message: livekit.EncryptedPacketPayload.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.EncryptedPacketPayload & livekit.EncryptedPacketPayload.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace EncryptedPacketPayload {
		interface $Properties {
			user?: (livekit.UserPacket.$Properties|null);
			chatMessage?: (livekit.ChatMessage.$Properties|null);
			rpcRequest?: (livekit.RpcRequest.$Properties|null);
			rpcAck?: (livekit.RpcAck.$Properties|null);
			rpcResponse?: (livekit.RpcResponse.$Properties|null);
			streamHeader?: (livekit.DataStream.Header.$Properties|null);
			streamChunk?: (livekit.DataStream.Chunk.$Properties|null);
			streamTrailer?: (livekit.DataStream.Trailer.$Properties|null);
			value?: ("user"|"chatMessage"|"rpcRequest"|"rpcAck"|"rpcResponse"|"streamHeader"|"streamChunk"|"streamTrailer");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  user?: livekit.UserPacket.$Shape|null;
		  chatMessage?: livekit.ChatMessage.$Shape|null;
		  rpcRequest?: livekit.RpcRequest.$Shape|null;
		  rpcAck?: livekit.RpcAck.$Shape|null;
		  rpcResponse?: livekit.RpcResponse.$Shape|null;
		  streamHeader?: livekit.DataStream.Header.$Shape|null;
		  streamChunk?: livekit.DataStream.Chunk.$Shape|null;
		  streamTrailer?: livekit.DataStream.Trailer.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ value?: undefined; user?: null; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer?: null }|{ value?: "user"; user: livekit.UserPacket.$Shape; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer?: null }|{ value?: "chatMessage"; user?: null; chatMessage: livekit.ChatMessage.$Shape; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer?: null }|{ value?: "rpcRequest"; user?: null; chatMessage?: null; rpcRequest: livekit.RpcRequest.$Shape; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer?: null }|{ value?: "rpcAck"; user?: null; chatMessage?: null; rpcRequest?: null; rpcAck: livekit.RpcAck.$Shape; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer?: null }|{ value?: "rpcResponse"; user?: null; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse: livekit.RpcResponse.$Shape; streamHeader?: null; streamChunk?: null; streamTrailer?: null }|{ value?: "streamHeader"; user?: null; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader: livekit.DataStream.Header.$Shape; streamChunk?: null; streamTrailer?: null }|{ value?: "streamChunk"; user?: null; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk: livekit.DataStream.Chunk.$Shape; streamTrailer?: null }|{ value?: "streamTrailer"; user?: null; chatMessage?: null; rpcRequest?: null; rpcAck?: null; rpcResponse?: null; streamHeader?: null; streamChunk?: null; streamTrailer: livekit.DataStream.Trailer.$Shape })
		);
	}

	interface IActiveSpeakerUpdate extends livekit.ActiveSpeakerUpdate.$Properties {
	}

	class ActiveSpeakerUpdate {
		constructor(properties?: livekit.ActiveSpeakerUpdate.$Properties);
		$unknowns?: Uint8Array[];
		speakers: livekit.SpeakerInfo.$Properties[];
		static create(properties: livekit.ActiveSpeakerUpdate.$Shape): livekit.ActiveSpeakerUpdate & livekit.ActiveSpeakerUpdate.$Shape;
		static create(properties?: livekit.ActiveSpeakerUpdate.$Properties): livekit.ActiveSpeakerUpdate;
		static encode(message: livekit.ActiveSpeakerUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ActiveSpeakerUpdate & livekit.ActiveSpeakerUpdate.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ActiveSpeakerUpdate {
		interface $Properties {
			speakers?: (livekit.SpeakerInfo.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ActiveSpeakerUpdate.$Properties;
	}

	interface ISpeakerInfo extends livekit.SpeakerInfo.$Properties {
	}

	class SpeakerInfo {
		constructor(properties?: livekit.SpeakerInfo.$Properties);
		$unknowns?: Uint8Array[];
		sid: string;
		level: number;
		active: boolean;
		static create(properties: livekit.SpeakerInfo.$Shape): livekit.SpeakerInfo & livekit.SpeakerInfo.$Shape;
		static create(properties?: livekit.SpeakerInfo.$Properties): livekit.SpeakerInfo;
		static encode(message: livekit.SpeakerInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SpeakerInfo & livekit.SpeakerInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SpeakerInfo {
		interface $Properties {
			sid?: (string|null);
			level?: (number|null);
			active?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SpeakerInfo.$Properties;
	}

	interface IUserPacket extends livekit.UserPacket.$Properties {
	}

	class UserPacket {
		constructor(properties?: livekit.UserPacket.$Properties);
		$unknowns?: Uint8Array[];
		participantSid: string;
		participantIdentity: string;
		payload: Uint8Array;
		destinationSids: string[];
		destinationIdentities: string[];
		topic?: (string|null);
		id?: (string|null);
		startTime?: (number|null);
		endTime?: (number|null);
		nonce: Uint8Array;
		static create(properties: livekit.UserPacket.$Shape): livekit.UserPacket & livekit.UserPacket.$Shape;
		static create(properties?: livekit.UserPacket.$Properties): livekit.UserPacket;
		static encode(message: livekit.UserPacket.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UserPacket & livekit.UserPacket.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UserPacket {
		interface $Properties {
			participantSid?: (string|null);
			participantIdentity?: (string|null);
			payload?: (Uint8Array|null);
			destinationSids?: (string[]|null);
			destinationIdentities?: (string[]|null);
			topic?: (string|null);
			id?: (string|null);
			startTime?: (number|null);
			endTime?: (number|null);
			nonce?: (Uint8Array|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UserPacket.$Properties;
	}

	interface ISipDTMF extends livekit.SipDTMF.$Properties {
	}

	class SipDTMF {
		constructor(properties?: livekit.SipDTMF.$Properties);
		$unknowns?: Uint8Array[];
		code: number;
		digit: string;
		static create(properties: livekit.SipDTMF.$Shape): livekit.SipDTMF & livekit.SipDTMF.$Shape;
		static create(properties?: livekit.SipDTMF.$Properties): livekit.SipDTMF;
		static encode(message: livekit.SipDTMF.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SipDTMF & livekit.SipDTMF.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SipDTMF {
		interface $Properties {
			code?: (number|null);
			digit?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SipDTMF.$Properties;
	}

	interface ITranscription extends livekit.Transcription.$Properties {
	}

	class Transcription {
		constructor(properties?: livekit.Transcription.$Properties);
		$unknowns?: Uint8Array[];
		transcribedParticipantIdentity: string;
		trackId: string;
		segments: livekit.TranscriptionSegment.$Properties[];
		static create(properties: livekit.Transcription.$Shape): livekit.Transcription & livekit.Transcription.$Shape;
		static create(properties?: livekit.Transcription.$Properties): livekit.Transcription;
		static encode(message: livekit.Transcription.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.Transcription & livekit.Transcription.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace Transcription {
		interface $Properties {
			transcribedParticipantIdentity?: (string|null);
			trackId?: (string|null);
			segments?: (livekit.TranscriptionSegment.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.Transcription.$Properties;
	}

	interface ITranscriptionSegment extends livekit.TranscriptionSegment.$Properties {
	}

	class TranscriptionSegment {
		constructor(properties?: livekit.TranscriptionSegment.$Properties);
		$unknowns?: Uint8Array[];
		id: string;
		text: string;
		startTime: number;
		endTime: number;
		final: boolean;
		language: string;
		static create(properties: livekit.TranscriptionSegment.$Shape): livekit.TranscriptionSegment & livekit.TranscriptionSegment.$Shape;
		static create(properties?: livekit.TranscriptionSegment.$Properties): livekit.TranscriptionSegment;
		static encode(message: livekit.TranscriptionSegment.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TranscriptionSegment & livekit.TranscriptionSegment.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TranscriptionSegment {
		interface $Properties {
			id?: (string|null);
			text?: (string|null);
			startTime?: (number|null);
			endTime?: (number|null);
			final?: (boolean|null);
			language?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.TranscriptionSegment.$Properties;
	}

	interface IChatMessage extends livekit.ChatMessage.$Properties {
	}

	class ChatMessage {
		constructor(properties?: livekit.ChatMessage.$Properties);
		$unknowns?: Uint8Array[];
		id: string;
		timestamp: number;
		editTimestamp?: (number|null);
		message: string;
		deleted: boolean;
		generated: boolean;
		static create(properties: livekit.ChatMessage.$Shape): livekit.ChatMessage & livekit.ChatMessage.$Shape;
		static create(properties?: livekit.ChatMessage.$Properties): livekit.ChatMessage;
		static encode(message: livekit.ChatMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ChatMessage & livekit.ChatMessage.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ChatMessage {
		interface $Properties {
			id?: (string|null);
			timestamp?: (number|null);
			editTimestamp?: (number|null);
			message?: (string|null);
			deleted?: (boolean|null);
			generated?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ChatMessage.$Properties;
	}

	interface IRpcRequest extends livekit.RpcRequest.$Properties {
	}

	class RpcRequest {
		constructor(properties?: livekit.RpcRequest.$Properties);
		$unknowns?: Uint8Array[];
		id: string;
		method: string;
		payload: string;
		responseTimeoutMs: number;
		version: number;
		compressedPayload: Uint8Array;
		static create(properties: livekit.RpcRequest.$Shape): livekit.RpcRequest & livekit.RpcRequest.$Shape;
		static create(properties?: livekit.RpcRequest.$Properties): livekit.RpcRequest;
		static encode(message: livekit.RpcRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RpcRequest & livekit.RpcRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RpcRequest {
		interface $Properties {
			id?: (string|null);
			method?: (string|null);
			payload?: (string|null);
			responseTimeoutMs?: (number|null);
			version?: (number|null);
			compressedPayload?: (Uint8Array|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RpcRequest.$Properties;
	}

	interface IRpcAck extends livekit.RpcAck.$Properties {
	}

	class RpcAck {
		constructor(properties?: livekit.RpcAck.$Properties);
		$unknowns?: Uint8Array[];
		requestId: string;
		static create(properties: livekit.RpcAck.$Shape): livekit.RpcAck & livekit.RpcAck.$Shape;
		static create(properties?: livekit.RpcAck.$Properties): livekit.RpcAck;
		static encode(message: livekit.RpcAck.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RpcAck & livekit.RpcAck.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RpcAck {
		interface $Properties {
			requestId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RpcAck.$Properties;
	}

	interface IRpcResponse extends livekit.RpcResponse.$Properties {
	}

	class RpcResponse {
		constructor(properties?: livekit.RpcResponse.$Properties);
		$unknowns?: Uint8Array[];
		requestId: string;
		payload?: (string|null);
		error?: (livekit.RpcError.$Properties|null);
		compressedPayload?: (Uint8Array|null);
		value?: ("payload"|"error"|"compressedPayload");
		static create(properties: livekit.RpcResponse.$Shape): livekit.RpcResponse & livekit.RpcResponse.$Shape;
		static create(properties?: livekit.RpcResponse.$Properties): livekit.RpcResponse;
		static encode(message: livekit.RpcResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RpcResponse & livekit.RpcResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RpcResponse {
		interface $Properties {
			requestId?: (string|null);
			payload?: (string|null);
			error?: (livekit.RpcError.$Properties|null);
			compressedPayload?: (Uint8Array|null);
			value?: ("payload"|"error"|"compressedPayload");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  requestId?: string|null;
		  payload?: string|null;
		  error?: livekit.RpcError.$Shape|null;
		  compressedPayload?: Uint8Array|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ value?: undefined; payload?: null; error?: null; compressedPayload?: null }|{ value?: "payload"; payload: string; error?: null; compressedPayload?: null }|{ value?: "error"; payload?: null; error: livekit.RpcError.$Shape; compressedPayload?: null }|{ value?: "compressedPayload"; payload?: null; error?: null; compressedPayload: Uint8Array })
		);
	}

	interface IRpcError extends livekit.RpcError.$Properties {
	}

	class RpcError {
		constructor(properties?: livekit.RpcError.$Properties);
		$unknowns?: Uint8Array[];
		code: number;
		message: string;
		data: string;
		static create(properties: livekit.RpcError.$Shape): livekit.RpcError & livekit.RpcError.$Shape;
		static create(properties?: livekit.RpcError.$Properties): livekit.RpcError;
		static encode(message: livekit.RpcError.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RpcError & livekit.RpcError.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RpcError {
		interface $Properties {
			code?: (number|null);
			message?: (string|null);
			data?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RpcError.$Properties;
	}

	interface IParticipantTracks extends livekit.ParticipantTracks.$Properties {
	}

	class ParticipantTracks {
		constructor(properties?: livekit.ParticipantTracks.$Properties);
		$unknowns?: Uint8Array[];
		participantSid: string;
		trackSids: string[];
		static create(properties: livekit.ParticipantTracks.$Shape): livekit.ParticipantTracks & livekit.ParticipantTracks.$Shape;
		static create(properties?: livekit.ParticipantTracks.$Properties): livekit.ParticipantTracks;
		static encode(message: livekit.ParticipantTracks.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ParticipantTracks & livekit.ParticipantTracks.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ParticipantTracks {
		interface $Properties {
			participantSid?: (string|null);
			trackSids?: (string[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ParticipantTracks.$Properties;
	}

	interface IServerInfo extends livekit.ServerInfo.$Properties {
	}

	class ServerInfo {
		constructor(properties?: livekit.ServerInfo.$Properties);
		$unknowns?: Uint8Array[];
		edition: livekit.ServerInfo.Edition;
		version: string;
		protocol: number;
		region: string;
		nodeId: string;
		debugInfo: string;
		agentProtocol: number;
		static create(properties: livekit.ServerInfo.$Shape): livekit.ServerInfo & livekit.ServerInfo.$Shape;
		static create(properties?: livekit.ServerInfo.$Properties): livekit.ServerInfo;
		static encode(message: livekit.ServerInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ServerInfo & livekit.ServerInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ServerInfo {
		interface $Properties {
			edition?: (livekit.ServerInfo.Edition|null);
			version?: (string|null);
			protocol?: (number|null);
			region?: (string|null);
			nodeId?: (string|null);
			debugInfo?: (string|null);
			agentProtocol?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ServerInfo.$Properties;

		enum Edition {
			Standard = 0,
			Cloud = 1
		}
	}

	interface IClientInfo extends livekit.ClientInfo.$Properties {
	}

	class ClientInfo {
		constructor(properties?: livekit.ClientInfo.$Properties);
		$unknowns?: Uint8Array[];
		sdk: livekit.ClientInfo.SDK;
		version: string;
		protocol: number;
		os: string;
		osVersion: string;
		deviceModel: string;
		browser: string;
		browserVersion: string;
		address: string;
		network: string;
		otherSdks: string;
		clientProtocol: number;
		capabilities: livekit.ClientInfo.Capability[];
		static create(properties: livekit.ClientInfo.$Shape): livekit.ClientInfo & livekit.ClientInfo.$Shape;
		static create(properties?: livekit.ClientInfo.$Properties): livekit.ClientInfo;
		static encode(message: livekit.ClientInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ClientInfo & livekit.ClientInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ClientInfo {
		interface $Properties {
			sdk?: (livekit.ClientInfo.SDK|null);
			version?: (string|null);
			protocol?: (number|null);
			os?: (string|null);
			osVersion?: (string|null);
			deviceModel?: (string|null);
			browser?: (string|null);
			browserVersion?: (string|null);
			address?: (string|null);
			network?: (string|null);
			otherSdks?: (string|null);
			clientProtocol?: (number|null);
			capabilities?: (livekit.ClientInfo.Capability[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ClientInfo.$Properties;

		enum SDK {
			UNKNOWN = 0,
			JS = 1,
			SWIFT = 2,
			ANDROID = 3,
			FLUTTER = 4,
			GO = 5,
			UNITY = 6,
			REACT_NATIVE = 7,
			RUST = 8,
			PYTHON = 9,
			CPP = 10,
			UNITY_WEB = 11,
			NODE = 12,
			UNREAL = 13,
			ESP32 = 14,
			DOTNET = 15
		}

		enum Capability {
			CAP_UNUSED = 0,
			CAP_PACKET_TRAILER = 1,
			CAP_COMPRESSION_DEFLATE_RAW = 2
		}
	}

	interface IClientConfiguration extends livekit.ClientConfiguration.$Properties {
	}

	class ClientConfiguration {
		constructor(properties?: livekit.ClientConfiguration.$Properties);
		$unknowns?: Uint8Array[];
		video?: (livekit.VideoConfiguration.$Properties|null);
		screen?: (livekit.VideoConfiguration.$Properties|null);
		resumeConnection: livekit.ClientConfigSetting;
		disabledCodecs?: (livekit.DisabledCodecs.$Properties|null);
		forceRelay: livekit.ClientConfigSetting;
		static create(properties: livekit.ClientConfiguration.$Shape): livekit.ClientConfiguration & livekit.ClientConfiguration.$Shape;
		static create(properties?: livekit.ClientConfiguration.$Properties): livekit.ClientConfiguration;
		static encode(message: livekit.ClientConfiguration.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ClientConfiguration & livekit.ClientConfiguration.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ClientConfiguration {
		interface $Properties {
			video?: (livekit.VideoConfiguration.$Properties|null);
			screen?: (livekit.VideoConfiguration.$Properties|null);
			resumeConnection?: (livekit.ClientConfigSetting|null);
			disabledCodecs?: (livekit.DisabledCodecs.$Properties|null);
			forceRelay?: (livekit.ClientConfigSetting|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ClientConfiguration.$Properties;
	}

	interface IVideoConfiguration extends livekit.VideoConfiguration.$Properties {
	}

	class VideoConfiguration {
		constructor(properties?: livekit.VideoConfiguration.$Properties);
		$unknowns?: Uint8Array[];
		hardwareEncoder: livekit.ClientConfigSetting;
		static create(properties: livekit.VideoConfiguration.$Shape): livekit.VideoConfiguration & livekit.VideoConfiguration.$Shape;
		static create(properties?: livekit.VideoConfiguration.$Properties): livekit.VideoConfiguration;
		static encode(message: livekit.VideoConfiguration.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.VideoConfiguration & livekit.VideoConfiguration.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace VideoConfiguration {
		interface $Properties {
			hardwareEncoder?: (livekit.ClientConfigSetting|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.VideoConfiguration.$Properties;
	}

	interface IDisabledCodecs extends livekit.DisabledCodecs.$Properties {
	}

	class DisabledCodecs {
		constructor(properties?: livekit.DisabledCodecs.$Properties);
		$unknowns?: Uint8Array[];
		codecs: livekit.Codec.$Properties[];
		publish: livekit.Codec.$Properties[];
		static create(properties: livekit.DisabledCodecs.$Shape): livekit.DisabledCodecs & livekit.DisabledCodecs.$Shape;
		static create(properties?: livekit.DisabledCodecs.$Properties): livekit.DisabledCodecs;
		static encode(message: livekit.DisabledCodecs.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DisabledCodecs & livekit.DisabledCodecs.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DisabledCodecs {
		interface $Properties {
			codecs?: (livekit.Codec.$Properties[]|null);
			publish?: (livekit.Codec.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DisabledCodecs.$Properties;
	}

	interface IRTPDrift extends livekit.RTPDrift.$Properties {
	}

	class RTPDrift {
		constructor(properties?: livekit.RTPDrift.$Properties);
		$unknowns?: Uint8Array[];
		startTime?: (google.protobuf.Timestamp.$Properties|null);
		endTime?: (google.protobuf.Timestamp.$Properties|null);
		duration: number;
		startTimestamp: number;
		endTimestamp: number;
		rtpClockTicks: number;
		driftSamples: number;
		driftMs: number;
		clockRate: number;
		static create(properties: livekit.RTPDrift.$Shape): livekit.RTPDrift & livekit.RTPDrift.$Shape;
		static create(properties?: livekit.RTPDrift.$Properties): livekit.RTPDrift;
		static encode(message: livekit.RTPDrift.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RTPDrift & livekit.RTPDrift.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RTPDrift {
		interface $Properties {
			startTime?: (google.protobuf.Timestamp.$Properties|null);
			endTime?: (google.protobuf.Timestamp.$Properties|null);
			duration?: (number|null);
			startTimestamp?: (number|null);
			endTimestamp?: (number|null);
			rtpClockTicks?: (number|null);
			driftSamples?: (number|null);
			driftMs?: (number|null);
			clockRate?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RTPDrift.$Properties;
	}

	interface IRTPStats extends livekit.RTPStats.$Properties {
	}

	class RTPStats {
		constructor(properties?: livekit.RTPStats.$Properties);
		$unknowns?: Uint8Array[];
		startTime?: (google.protobuf.Timestamp.$Properties|null);
		endTime?: (google.protobuf.Timestamp.$Properties|null);
		duration: number;
		packets: number;
		packetRate: number;
		bytes: number;
		headerBytes: number;
		bitrate: number;
		packetsLost: number;
		packetLossRate: number;
		packetLossPercentage: number;
		packetsDuplicate: number;
		packetDuplicateRate: number;
		bytesDuplicate: number;
		headerBytesDuplicate: number;
		bitrateDuplicate: number;
		packetsPadding: number;
		packetPaddingRate: number;
		bytesPadding: number;
		headerBytesPadding: number;
		bitratePadding: number;
		packetsOutOfOrder: number;
		frames: number;
		frameRate: number;
		jitterCurrent: number;
		jitterMax: number;
		gapHistogram: { [k: string]: number };
		nacks: number;
		nackAcks: number;
		nackMisses: number;
		nackRepeated: number;
		plis: number;
		lastPli?: (google.protobuf.Timestamp.$Properties|null);
		firs: number;
		lastFir?: (google.protobuf.Timestamp.$Properties|null);
		rttCurrent: number;
		rttMax: number;
		keyFrames: number;
		lastKeyFrame?: (google.protobuf.Timestamp.$Properties|null);
		layerLockPlis: number;
		lastLayerLockPli?: (google.protobuf.Timestamp.$Properties|null);
		packetDrift?: (livekit.RTPDrift.$Properties|null);
		ntpReportDrift?: (livekit.RTPDrift.$Properties|null);
		rebasedReportDrift?: (livekit.RTPDrift.$Properties|null);
		receivedReportDrift?: (livekit.RTPDrift.$Properties|null);
		fecPackets: number;
		fecBytes: number;
		fecPacketsDiscarded: number;
		fecPacketsRecovered: number;
		static create(properties: livekit.RTPStats.$Shape): livekit.RTPStats & livekit.RTPStats.$Shape;
		static create(properties?: livekit.RTPStats.$Properties): livekit.RTPStats;
		static encode(message: livekit.RTPStats.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RTPStats & livekit.RTPStats.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RTPStats {
		interface $Properties {
			startTime?: (google.protobuf.Timestamp.$Properties|null);
			endTime?: (google.protobuf.Timestamp.$Properties|null);
			duration?: (number|null);
			packets?: (number|null);
			packetRate?: (number|null);
			bytes?: (number|null);
			headerBytes?: (number|null);
			bitrate?: (number|null);
			packetsLost?: (number|null);
			packetLossRate?: (number|null);
			packetLossPercentage?: (number|null);
			packetsDuplicate?: (number|null);
			packetDuplicateRate?: (number|null);
			bytesDuplicate?: (number|null);
			headerBytesDuplicate?: (number|null);
			bitrateDuplicate?: (number|null);
			packetsPadding?: (number|null);
			packetPaddingRate?: (number|null);
			bytesPadding?: (number|null);
			headerBytesPadding?: (number|null);
			bitratePadding?: (number|null);
			packetsOutOfOrder?: (number|null);
			frames?: (number|null);
			frameRate?: (number|null);
			jitterCurrent?: (number|null);
			jitterMax?: (number|null);
			gapHistogram?: ({ [k: string]: number }|null);
			nacks?: (number|null);
			nackAcks?: (number|null);
			nackMisses?: (number|null);
			nackRepeated?: (number|null);
			plis?: (number|null);
			lastPli?: (google.protobuf.Timestamp.$Properties|null);
			firs?: (number|null);
			lastFir?: (google.protobuf.Timestamp.$Properties|null);
			rttCurrent?: (number|null);
			rttMax?: (number|null);
			keyFrames?: (number|null);
			lastKeyFrame?: (google.protobuf.Timestamp.$Properties|null);
			layerLockPlis?: (number|null);
			lastLayerLockPli?: (google.protobuf.Timestamp.$Properties|null);
			packetDrift?: (livekit.RTPDrift.$Properties|null);
			ntpReportDrift?: (livekit.RTPDrift.$Properties|null);
			rebasedReportDrift?: (livekit.RTPDrift.$Properties|null);
			receivedReportDrift?: (livekit.RTPDrift.$Properties|null);
			fecPackets?: (number|null);
			fecBytes?: (number|null);
			fecPacketsDiscarded?: (number|null);
			fecPacketsRecovered?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RTPStats.$Properties;
	}

	interface IRTCPSenderReportState extends livekit.RTCPSenderReportState.$Properties {
	}

	class RTCPSenderReportState {
		constructor(properties?: livekit.RTCPSenderReportState.$Properties);
		$unknowns?: Uint8Array[];
		rtpTimestamp: number;
		rtpTimestampExt: number;
		ntpTimestamp: number;
		at: number;
		atAdjusted: number;
		packets: number;
		octets: number;
		static create(properties: livekit.RTCPSenderReportState.$Shape): livekit.RTCPSenderReportState & livekit.RTCPSenderReportState.$Shape;
		static create(properties?: livekit.RTCPSenderReportState.$Properties): livekit.RTCPSenderReportState;
		static encode(message: livekit.RTCPSenderReportState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RTCPSenderReportState & livekit.RTCPSenderReportState.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RTCPSenderReportState {
		interface $Properties {
			rtpTimestamp?: (number|null);
			rtpTimestampExt?: (number|null);
			ntpTimestamp?: (number|null);
			at?: (number|null);
			atAdjusted?: (number|null);
			packets?: (number|null);
			octets?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RTCPSenderReportState.$Properties;
	}

	interface IRTPForwarderState extends livekit.RTPForwarderState.$Properties {
	}

	class RTPForwarderState {
		constructor(properties?: livekit.RTPForwarderState.$Properties);
		$unknowns?: Uint8Array[];
		started: boolean;
		referenceLayerSpatial: number;
		preStartTime: number;
		extFirstTimestamp: number;
		dummyStartTimestampOffset: number;
		rtpMunger?: (livekit.RTPMungerState.$Properties|null);
		vp8Munger?: (livekit.VP8MungerState.$Properties|null);
		senderReportState: livekit.RTCPSenderReportState.$Properties[];
		dependencyDescriptorForwarder?: (livekit.DependencyDescriptorForwarderState.$Properties|null);
		codecMunger?: "vp8Munger";
		static create(properties: livekit.RTPForwarderState.$Shape): livekit.RTPForwarderState & livekit.RTPForwarderState.$Shape;
		static create(properties?: livekit.RTPForwarderState.$Properties): livekit.RTPForwarderState;
		static encode(message: livekit.RTPForwarderState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RTPForwarderState & livekit.RTPForwarderState.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RTPForwarderState {
		interface $Properties {
			started?: (boolean|null);
			referenceLayerSpatial?: (number|null);
			preStartTime?: (number|null);
			extFirstTimestamp?: (number|null);
			dummyStartTimestampOffset?: (number|null);
			rtpMunger?: (livekit.RTPMungerState.$Properties|null);
			vp8Munger?: (livekit.VP8MungerState.$Properties|null);
			senderReportState?: (livekit.RTCPSenderReportState.$Properties[]|null);
			dependencyDescriptorForwarder?: (livekit.DependencyDescriptorForwarderState.$Properties|null);
			codecMunger?: "vp8Munger";
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  started?: boolean|null;
		  referenceLayerSpatial?: number|null;
		  preStartTime?: number|null;
		  extFirstTimestamp?: number|null;
		  dummyStartTimestampOffset?: number|null;
		  rtpMunger?: livekit.RTPMungerState.$Shape|null;
		  vp8Munger?: livekit.VP8MungerState.$Shape|null;
		  senderReportState?: livekit.RTCPSenderReportState.$Shape[]|null;
		  dependencyDescriptorForwarder?: livekit.DependencyDescriptorForwarderState.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ codecMunger?: undefined; vp8Munger?: null }|{ codecMunger?: "vp8Munger"; vp8Munger: livekit.VP8MungerState.$Shape })
		);
	}

	interface IRTPMungerState extends livekit.RTPMungerState.$Properties {
	}

	class RTPMungerState {
		constructor(properties?: livekit.RTPMungerState.$Properties);
		$unknowns?: Uint8Array[];
		extLastSequenceNumber: number;
		extSecondLastSequenceNumber: number;
		extLastTimestamp: number;
		extSecondLastTimestamp: number;
		lastMarker: boolean;
		secondLastMarker: boolean;
		static create(properties: livekit.RTPMungerState.$Shape): livekit.RTPMungerState & livekit.RTPMungerState.$Shape;
		static create(properties?: livekit.RTPMungerState.$Properties): livekit.RTPMungerState;
		static encode(message: livekit.RTPMungerState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RTPMungerState & livekit.RTPMungerState.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RTPMungerState {
		interface $Properties {
			extLastSequenceNumber?: (number|null);
			extSecondLastSequenceNumber?: (number|null);
			extLastTimestamp?: (number|null);
			extSecondLastTimestamp?: (number|null);
			lastMarker?: (boolean|null);
			secondLastMarker?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RTPMungerState.$Properties;
	}

	interface IVP8MungerState extends livekit.VP8MungerState.$Properties {
	}

	class VP8MungerState {
		constructor(properties?: livekit.VP8MungerState.$Properties);
		$unknowns?: Uint8Array[];
		extLastPictureId: number;
		pictureIdUsed: boolean;
		lastTl0PicIdx: number;
		tl0PicIdxUsed: boolean;
		tidUsed: boolean;
		lastKeyIdx: number;
		keyIdxUsed: boolean;
		static create(properties: livekit.VP8MungerState.$Shape): livekit.VP8MungerState & livekit.VP8MungerState.$Shape;
		static create(properties?: livekit.VP8MungerState.$Properties): livekit.VP8MungerState;
		static encode(message: livekit.VP8MungerState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.VP8MungerState & livekit.VP8MungerState.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace VP8MungerState {
		interface $Properties {
			extLastPictureId?: (number|null);
			pictureIdUsed?: (boolean|null);
			lastTl0PicIdx?: (number|null);
			tl0PicIdxUsed?: (boolean|null);
			tidUsed?: (boolean|null);
			lastKeyIdx?: (number|null);
			keyIdxUsed?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.VP8MungerState.$Properties;
	}

	interface ITimedVersion extends livekit.TimedVersion.$Properties {
	}

	class TimedVersion {
		constructor(properties?: livekit.TimedVersion.$Properties);
		$unknowns?: Uint8Array[];
		unixMicro: number;
		ticks: number;
		static create(properties: livekit.TimedVersion.$Shape): livekit.TimedVersion & livekit.TimedVersion.$Shape;
		static create(properties?: livekit.TimedVersion.$Properties): livekit.TimedVersion;
		static encode(message: livekit.TimedVersion.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TimedVersion & livekit.TimedVersion.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TimedVersion {
		interface $Properties {
			unixMicro?: (number|null);
			ticks?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.TimedVersion.$Properties;
	}

	interface IDataStream extends livekit.DataStream.$Properties {
	}

	class DataStream {
		constructor(properties?: livekit.DataStream.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: livekit.DataStream.$Shape): livekit.DataStream & livekit.DataStream.$Shape;
		static create(properties?: livekit.DataStream.$Properties): livekit.DataStream;
		static encode(message: livekit.DataStream.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataStream & livekit.DataStream.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DataStream {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DataStream.$Properties;

		enum OperationType {
			CREATE = 0,
			UPDATE = 1,
			DELETE = 2,
			REACTION = 3
		}

		enum CompressionType {
			NONE = 0,
			DEFLATE_RAW = 1
		}

		interface ITextHeader extends livekit.DataStream.TextHeader.$Properties {
		}

		class TextHeader {
			constructor(properties?: livekit.DataStream.TextHeader.$Properties);
			$unknowns?: Uint8Array[];
			operationType: livekit.DataStream.OperationType;
			version: number;
			replyToStreamId: string;
			attachedStreamIds: string[];
			generated: boolean;
			static create(properties: livekit.DataStream.TextHeader.$Shape): livekit.DataStream.TextHeader & livekit.DataStream.TextHeader.$Shape;
			static create(properties?: livekit.DataStream.TextHeader.$Properties): livekit.DataStream.TextHeader;
			static encode(message: livekit.DataStream.TextHeader.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataStream.TextHeader & livekit.DataStream.TextHeader.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace TextHeader {
			interface $Properties {
				operationType?: (livekit.DataStream.OperationType|null);
				version?: (number|null);
				replyToStreamId?: (string|null);
				attachedStreamIds?: (string[]|null);
				generated?: (boolean|null);
				$unknowns?: Uint8Array[];
			}
			type $Shape = livekit.DataStream.TextHeader.$Properties;
		}

		interface IByteHeader extends livekit.DataStream.ByteHeader.$Properties {
		}

		class ByteHeader {
			constructor(properties?: livekit.DataStream.ByteHeader.$Properties);
			$unknowns?: Uint8Array[];
			name: string;
			static create(properties: livekit.DataStream.ByteHeader.$Shape): livekit.DataStream.ByteHeader & livekit.DataStream.ByteHeader.$Shape;
			static create(properties?: livekit.DataStream.ByteHeader.$Properties): livekit.DataStream.ByteHeader;
			static encode(message: livekit.DataStream.ByteHeader.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataStream.ByteHeader & livekit.DataStream.ByteHeader.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace ByteHeader {
			interface $Properties {
				name?: (string|null);
				$unknowns?: Uint8Array[];
			}
			type $Shape = livekit.DataStream.ByteHeader.$Properties;
		}

		interface IHeader extends livekit.DataStream.Header.$Properties {
		}

		class Header {
			constructor(properties?: livekit.DataStream.Header.$Properties);
			$unknowns?: Uint8Array[];
			streamId: string;
			timestamp: number;
			topic: string;
			mimeType: string;
			totalLength?: (number|null);
			encryptionType: livekit.Encryption.Type;
			attributes: { [k: string]: string };
			textHeader?: (livekit.DataStream.TextHeader.$Properties|null);
			byteHeader?: (livekit.DataStream.ByteHeader.$Properties|null);
			inlineContent?: (Uint8Array|null);
			compression: livekit.DataStream.CompressionType;
			contentHeader?: ("textHeader"|"byteHeader");
			static create(properties: livekit.DataStream.Header.$Shape): livekit.DataStream.Header & livekit.DataStream.Header.$Shape;
			static create(properties?: livekit.DataStream.Header.$Properties): livekit.DataStream.Header;
			static encode(message: livekit.DataStream.Header.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataStream.Header & livekit.DataStream.Header.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace Header {
			interface $Properties {
				streamId?: (string|null);
				timestamp?: (number|null);
				topic?: (string|null);
				mimeType?: (string|null);
				totalLength?: (number|null);
				encryptionType?: (livekit.Encryption.Type|null);
				attributes?: ({ [k: string]: string }|null);
				textHeader?: (livekit.DataStream.TextHeader.$Properties|null);
				byteHeader?: (livekit.DataStream.ByteHeader.$Properties|null);
				inlineContent?: (Uint8Array|null);
				compression?: (livekit.DataStream.CompressionType|null);
				contentHeader?: ("textHeader"|"byteHeader");
				$unknowns?: Uint8Array[];
			}
			type $Shape = {
			  streamId?: string|null;
			  timestamp?: number|null;
			  topic?: string|null;
			  mimeType?: string|null;
			  totalLength?: number|null;
			  encryptionType?: livekit.Encryption.Type|null;
			  attributes?: { [k: string]: string }|null;
			  textHeader?: livekit.DataStream.TextHeader.$Shape|null;
			  byteHeader?: livekit.DataStream.ByteHeader.$Shape|null;
			  inlineContent?: Uint8Array|null;
			  compression?: livekit.DataStream.CompressionType|null;
			  $unknowns?: Uint8Array[];
			} & (
			  ({ contentHeader?: undefined; textHeader?: null; byteHeader?: null }|{ contentHeader?: "textHeader"; textHeader: livekit.DataStream.TextHeader.$Shape; byteHeader?: null }|{ contentHeader?: "byteHeader"; textHeader?: null; byteHeader: livekit.DataStream.ByteHeader.$Shape })
			);
		}

		interface IChunk extends livekit.DataStream.Chunk.$Properties {
		}

		class Chunk {
			constructor(properties?: livekit.DataStream.Chunk.$Properties);
			$unknowns?: Uint8Array[];
			streamId: string;
			chunkIndex: number;
			content: Uint8Array;
			version: number;
			iv?: (Uint8Array|null);
			static create(properties: livekit.DataStream.Chunk.$Shape): livekit.DataStream.Chunk & livekit.DataStream.Chunk.$Shape;
			static create(properties?: livekit.DataStream.Chunk.$Properties): livekit.DataStream.Chunk;
			static encode(message: livekit.DataStream.Chunk.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataStream.Chunk & livekit.DataStream.Chunk.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace Chunk {
			interface $Properties {
				streamId?: (string|null);
				chunkIndex?: (number|null);
				content?: (Uint8Array|null);
				version?: (number|null);
				iv?: (Uint8Array|null);
				$unknowns?: Uint8Array[];
			}
			type $Shape = livekit.DataStream.Chunk.$Properties;
		}

		interface ITrailer extends livekit.DataStream.Trailer.$Properties {
		}

		class Trailer {
			constructor(properties?: livekit.DataStream.Trailer.$Properties);
			$unknowns?: Uint8Array[];
			streamId: string;
			reason: string;
			attributes: { [k: string]: string };
			static create(properties: livekit.DataStream.Trailer.$Shape): livekit.DataStream.Trailer & livekit.DataStream.Trailer.$Shape;
			static create(properties?: livekit.DataStream.Trailer.$Properties): livekit.DataStream.Trailer;
			static encode(message: livekit.DataStream.Trailer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataStream.Trailer & livekit.DataStream.Trailer.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace Trailer {
			interface $Properties {
				streamId?: (string|null);
				reason?: (string|null);
				attributes?: ({ [k: string]: string }|null);
				$unknowns?: Uint8Array[];
			}
			type $Shape = livekit.DataStream.Trailer.$Properties;
		}
	}

	interface IFilterParams extends livekit.FilterParams.$Properties {
	}

	class FilterParams {
		constructor(properties?: livekit.FilterParams.$Properties);
		$unknowns?: Uint8Array[];
		includeEvents: string[];
		excludeEvents: string[];
		static create(properties: livekit.FilterParams.$Shape): livekit.FilterParams & livekit.FilterParams.$Shape;
		static create(properties?: livekit.FilterParams.$Properties): livekit.FilterParams;
		static encode(message: livekit.FilterParams.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.FilterParams & livekit.FilterParams.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace FilterParams {
		interface $Properties {
			includeEvents?: (string[]|null);
			excludeEvents?: (string[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.FilterParams.$Properties;
	}

	interface IWebhookConfig extends livekit.WebhookConfig.$Properties {
	}

	class WebhookConfig {
		constructor(properties?: livekit.WebhookConfig.$Properties);
		$unknowns?: Uint8Array[];
		url: string;
		signingKey: string;
		filterParams?: (livekit.FilterParams.$Properties|null);
		static create(properties: livekit.WebhookConfig.$Shape): livekit.WebhookConfig & livekit.WebhookConfig.$Shape;
		static create(properties?: livekit.WebhookConfig.$Properties): livekit.WebhookConfig;
		static encode(message: livekit.WebhookConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.WebhookConfig & livekit.WebhookConfig.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WebhookConfig {
		interface $Properties {
			url?: (string|null);
			signingKey?: (string|null);
			filterParams?: (livekit.FilterParams.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.WebhookConfig.$Properties;
	}

	interface ISubscribedAudioCodec extends livekit.SubscribedAudioCodec.$Properties {
	}

	class SubscribedAudioCodec {
		constructor(properties?: livekit.SubscribedAudioCodec.$Properties);
		$unknowns?: Uint8Array[];
		codec: string;
		enabled: boolean;
		static create(properties: livekit.SubscribedAudioCodec.$Shape): livekit.SubscribedAudioCodec & livekit.SubscribedAudioCodec.$Shape;
		static create(properties?: livekit.SubscribedAudioCodec.$Properties): livekit.SubscribedAudioCodec;
		static encode(message: livekit.SubscribedAudioCodec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SubscribedAudioCodec & livekit.SubscribedAudioCodec.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SubscribedAudioCodec {
		interface $Properties {
			codec?: (string|null);
			enabled?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SubscribedAudioCodec.$Properties;
	}

	interface IDependencyDescriptorForwarderState extends livekit.DependencyDescriptorForwarderState.$Properties {
	}

	class DependencyDescriptorForwarderState {
		constructor(properties?: livekit.DependencyDescriptorForwarderState.$Properties);
		$unknowns?: Uint8Array[];
		extLastFrameNumber: number;
		static create(properties: livekit.DependencyDescriptorForwarderState.$Shape): livekit.DependencyDescriptorForwarderState & livekit.DependencyDescriptorForwarderState.$Shape;
		static create(properties?: livekit.DependencyDescriptorForwarderState.$Properties): livekit.DependencyDescriptorForwarderState;
		static encode(message: livekit.DependencyDescriptorForwarderState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DependencyDescriptorForwarderState & livekit.DependencyDescriptorForwarderState.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DependencyDescriptorForwarderState {
		interface $Properties {
			extLastFrameNumber?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DependencyDescriptorForwarderState.$Properties;
	}

	enum MetricLabel {
		AGENTS_LLM_TTFT = 0,
		AGENTS_STT_TTFT = 1,
		AGENTS_TTS_TTFB = 2,
		CLIENT_VIDEO_SUBSCRIBER_FREEZE_COUNT = 3,
		CLIENT_VIDEO_SUBSCRIBER_TOTAL_FREEZE_DURATION = 4,
		CLIENT_VIDEO_SUBSCRIBER_PAUSE_COUNT = 5,
		CLIENT_VIDEO_SUBSCRIBER_TOTAL_PAUSES_DURATION = 6,
		CLIENT_AUDIO_SUBSCRIBER_CONCEALED_SAMPLES = 7,
		CLIENT_AUDIO_SUBSCRIBER_SILENT_CONCEALED_SAMPLES = 8,
		CLIENT_AUDIO_SUBSCRIBER_CONCEALMENT_EVENTS = 9,
		CLIENT_AUDIO_SUBSCRIBER_INTERRUPTION_COUNT = 10,
		CLIENT_AUDIO_SUBSCRIBER_TOTAL_INTERRUPTION_DURATION = 11,
		CLIENT_SUBSCRIBER_JITTER_BUFFER_DELAY = 12,
		CLIENT_SUBSCRIBER_JITTER_BUFFER_EMITTED_COUNT = 13,
		CLIENT_VIDEO_PUBLISHER_QUALITY_LIMITATION_DURATION_BANDWIDTH = 14,
		CLIENT_VIDEO_PUBLISHER_QUALITY_LIMITATION_DURATION_CPU = 15,
		CLIENT_VIDEO_PUBLISHER_QUALITY_LIMITATION_DURATION_OTHER = 16,
		PUBLISHER_RTT = 17,
		SERVER_MESH_RTT = 18,
		SUBSCRIBER_RTT = 19,
		METRIC_LABEL_PREDEFINED_MAX_VALUE = 4096
	}

	interface IMetricsBatch extends livekit.MetricsBatch.$Properties {
	}

	class MetricsBatch {
		constructor(properties?: livekit.MetricsBatch.$Properties);
		$unknowns?: Uint8Array[];
		timestampMs: number;
		normalizedTimestamp?: (google.protobuf.Timestamp.$Properties|null);
		strData: string[];
		timeSeries: livekit.TimeSeriesMetric.$Properties[];
		events: livekit.EventMetric.$Properties[];
		static create(properties: livekit.MetricsBatch.$Shape): livekit.MetricsBatch & livekit.MetricsBatch.$Shape;
		static create(properties?: livekit.MetricsBatch.$Properties): livekit.MetricsBatch;
		static encode(message: livekit.MetricsBatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.MetricsBatch & livekit.MetricsBatch.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace MetricsBatch {
		interface $Properties {
			timestampMs?: (number|null);
			normalizedTimestamp?: (google.protobuf.Timestamp.$Properties|null);
			strData?: (string[]|null);
			timeSeries?: (livekit.TimeSeriesMetric.$Properties[]|null);
			events?: (livekit.EventMetric.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.MetricsBatch.$Properties;
	}

	interface ITimeSeriesMetric extends livekit.TimeSeriesMetric.$Properties {
	}

	class TimeSeriesMetric {
		constructor(properties?: livekit.TimeSeriesMetric.$Properties);
		$unknowns?: Uint8Array[];
		label: number;
		participantIdentity: number;
		trackSid: number;
		samples: livekit.MetricSample.$Properties[];
		rid: number;
		static create(properties: livekit.TimeSeriesMetric.$Shape): livekit.TimeSeriesMetric & livekit.TimeSeriesMetric.$Shape;
		static create(properties?: livekit.TimeSeriesMetric.$Properties): livekit.TimeSeriesMetric;
		static encode(message: livekit.TimeSeriesMetric.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TimeSeriesMetric & livekit.TimeSeriesMetric.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TimeSeriesMetric {
		interface $Properties {
			label?: (number|null);
			participantIdentity?: (number|null);
			trackSid?: (number|null);
			samples?: (livekit.MetricSample.$Properties[]|null);
			rid?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.TimeSeriesMetric.$Properties;
	}

	interface IMetricSample extends livekit.MetricSample.$Properties {
	}

	class MetricSample {
		constructor(properties?: livekit.MetricSample.$Properties);
		$unknowns?: Uint8Array[];
		timestampMs: number;
		normalizedTimestamp?: (google.protobuf.Timestamp.$Properties|null);
		value: number;
		static create(properties: livekit.MetricSample.$Shape): livekit.MetricSample & livekit.MetricSample.$Shape;
		static create(properties?: livekit.MetricSample.$Properties): livekit.MetricSample;
		static encode(message: livekit.MetricSample.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.MetricSample & livekit.MetricSample.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace MetricSample {
		interface $Properties {
			timestampMs?: (number|null);
			normalizedTimestamp?: (google.protobuf.Timestamp.$Properties|null);
			value?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.MetricSample.$Properties;
	}

	interface IEventMetric extends livekit.EventMetric.$Properties {
	}

	class EventMetric {
		constructor(properties?: livekit.EventMetric.$Properties);
		$unknowns?: Uint8Array[];
		label: number;
		participantIdentity: number;
		trackSid: number;
		startTimestampMs: number;
		endTimestampMs?: (number|null);
		normalizedStartTimestamp?: (google.protobuf.Timestamp.$Properties|null);
		normalizedEndTimestamp?: (google.protobuf.Timestamp.$Properties|null);
		metadata: string;
		rid: number;
		static create(properties: livekit.EventMetric.$Shape): livekit.EventMetric & livekit.EventMetric.$Shape;
		static create(properties?: livekit.EventMetric.$Properties): livekit.EventMetric;
		static encode(message: livekit.EventMetric.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.EventMetric & livekit.EventMetric.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace EventMetric {
		interface $Properties {
			label?: (number|null);
			participantIdentity?: (number|null);
			trackSid?: (number|null);
			startTimestampMs?: (number|null);
			endTimestampMs?: (number|null);
			normalizedStartTimestamp?: (google.protobuf.Timestamp.$Properties|null);
			normalizedEndTimestamp?: (google.protobuf.Timestamp.$Properties|null);
			metadata?: (string|null);
			rid?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.EventMetric.$Properties;
	}

	interface IMetricsRecordingHeader extends livekit.MetricsRecordingHeader.$Properties {
	}

	class MetricsRecordingHeader {
		constructor(properties?: livekit.MetricsRecordingHeader.$Properties);
		$unknowns?: Uint8Array[];
		roomId: string;
		duration: number;
		startTime?: (google.protobuf.Timestamp.$Properties|null);
		roomTags: { [k: string]: string };
		roomName: string;
		roomStartTime?: (google.protobuf.Timestamp.$Properties|null);
		jobId: string;
		simulated: boolean;
		redactionEnabled: boolean;
		sessionSummary: string;
		static create(properties: livekit.MetricsRecordingHeader.$Shape): livekit.MetricsRecordingHeader & livekit.MetricsRecordingHeader.$Shape;
		static create(properties?: livekit.MetricsRecordingHeader.$Properties): livekit.MetricsRecordingHeader;
		static encode(message: livekit.MetricsRecordingHeader.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.MetricsRecordingHeader & livekit.MetricsRecordingHeader.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace MetricsRecordingHeader {
		interface $Properties {
			roomId?: (string|null);
			duration?: (number|null);
			startTime?: (google.protobuf.Timestamp.$Properties|null);
			roomTags?: ({ [k: string]: string }|null);
			roomName?: (string|null);
			roomStartTime?: (google.protobuf.Timestamp.$Properties|null);
			jobId?: (string|null);
			simulated?: (boolean|null);
			redactionEnabled?: (boolean|null);
			sessionSummary?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.MetricsRecordingHeader.$Properties;
	}

	enum JobRestartPolicy {
		JRP_ON_FAILURE = 0,
		JRP_NEVER = 1
	}

	enum AgentDispatchTrigger {
		ADT_UNSPECIFIED = 0,
		ADT_JOIN = 1,
		ADT_ROOM_API = 2,
		ADT_DISPATCH_API = 3
	}

	interface ICreateAgentDispatchRequest extends livekit.CreateAgentDispatchRequest.$Properties {
	}

	class CreateAgentDispatchRequest {
		constructor(properties?: livekit.CreateAgentDispatchRequest.$Properties);
		$unknowns?: Uint8Array[];
		agentName: string;
		room: string;
		metadata: string;
		restartPolicy: livekit.JobRestartPolicy;
		deployment: string;
		attributes: { [k: string]: string };
		threadId: string;
		static create(properties: livekit.CreateAgentDispatchRequest.$Shape): livekit.CreateAgentDispatchRequest & livekit.CreateAgentDispatchRequest.$Shape;
		static create(properties?: livekit.CreateAgentDispatchRequest.$Properties): livekit.CreateAgentDispatchRequest;
		static encode(message: livekit.CreateAgentDispatchRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.CreateAgentDispatchRequest & livekit.CreateAgentDispatchRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace CreateAgentDispatchRequest {
		interface $Properties {
			agentName?: (string|null);
			room?: (string|null);
			metadata?: (string|null);
			restartPolicy?: (livekit.JobRestartPolicy|null);
			deployment?: (string|null);
			attributes?: ({ [k: string]: string }|null);
			threadId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.CreateAgentDispatchRequest.$Properties;
	}

	interface IRoomAgentDispatch extends livekit.RoomAgentDispatch.$Properties {
	}

	class RoomAgentDispatch {
		constructor(properties?: livekit.RoomAgentDispatch.$Properties);
		$unknowns?: Uint8Array[];
		agentName: string;
		metadata: string;
		restartPolicy: livekit.JobRestartPolicy;
		deployment: string;
		attributes: { [k: string]: string };
		threadId: string;
		static create(properties: livekit.RoomAgentDispatch.$Shape): livekit.RoomAgentDispatch & livekit.RoomAgentDispatch.$Shape;
		static create(properties?: livekit.RoomAgentDispatch.$Properties): livekit.RoomAgentDispatch;
		static encode(message: livekit.RoomAgentDispatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RoomAgentDispatch & livekit.RoomAgentDispatch.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RoomAgentDispatch {
		interface $Properties {
			agentName?: (string|null);
			metadata?: (string|null);
			restartPolicy?: (livekit.JobRestartPolicy|null);
			deployment?: (string|null);
			attributes?: ({ [k: string]: string }|null);
			threadId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RoomAgentDispatch.$Properties;
	}

	interface IDeleteAgentDispatchRequest extends livekit.DeleteAgentDispatchRequest.$Properties {
	}

	class DeleteAgentDispatchRequest {
		constructor(properties?: livekit.DeleteAgentDispatchRequest.$Properties);
		$unknowns?: Uint8Array[];
		dispatchId: string;
		room: string;
		static create(properties: livekit.DeleteAgentDispatchRequest.$Shape): livekit.DeleteAgentDispatchRequest & livekit.DeleteAgentDispatchRequest.$Shape;
		static create(properties?: livekit.DeleteAgentDispatchRequest.$Properties): livekit.DeleteAgentDispatchRequest;
		static encode(message: livekit.DeleteAgentDispatchRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DeleteAgentDispatchRequest & livekit.DeleteAgentDispatchRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DeleteAgentDispatchRequest {
		interface $Properties {
			dispatchId?: (string|null);
			room?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DeleteAgentDispatchRequest.$Properties;
	}

	interface IListAgentDispatchRequest extends livekit.ListAgentDispatchRequest.$Properties {
	}

	class ListAgentDispatchRequest {
		constructor(properties?: livekit.ListAgentDispatchRequest.$Properties);
		$unknowns?: Uint8Array[];
		dispatchId: string;
		room: string;
		static create(properties: livekit.ListAgentDispatchRequest.$Shape): livekit.ListAgentDispatchRequest & livekit.ListAgentDispatchRequest.$Shape;
		static create(properties?: livekit.ListAgentDispatchRequest.$Properties): livekit.ListAgentDispatchRequest;
		static encode(message: livekit.ListAgentDispatchRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListAgentDispatchRequest & livekit.ListAgentDispatchRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListAgentDispatchRequest {
		interface $Properties {
			dispatchId?: (string|null);
			room?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListAgentDispatchRequest.$Properties;
	}

	interface IListAgentDispatchResponse extends livekit.ListAgentDispatchResponse.$Properties {
	}

	class ListAgentDispatchResponse {
		constructor(properties?: livekit.ListAgentDispatchResponse.$Properties);
		$unknowns?: Uint8Array[];
		agentDispatches: livekit.AgentDispatch.$Properties[];
		static create(properties: livekit.ListAgentDispatchResponse.$Shape): livekit.ListAgentDispatchResponse & livekit.ListAgentDispatchResponse.$Shape;
		static create(properties?: livekit.ListAgentDispatchResponse.$Properties): livekit.ListAgentDispatchResponse;
		static encode(message: livekit.ListAgentDispatchResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListAgentDispatchResponse & livekit.ListAgentDispatchResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListAgentDispatchResponse {
		interface $Properties {
			agentDispatches?: (livekit.AgentDispatch.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  agentDispatches?: livekit.AgentDispatch.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IAgentDispatch extends livekit.AgentDispatch.$Properties {
	}

	class AgentDispatch {
		constructor(properties?: livekit.AgentDispatch.$Properties);
		$unknowns?: Uint8Array[];
		id: string;
		agentName: string;
		room: string;
		metadata: string;
		state?: (livekit.AgentDispatchState.$Properties|null);
		restartPolicy: livekit.JobRestartPolicy;
		deployment: string;
		attributes: { [k: string]: string };
		threadId: string;
		static create(properties: livekit.AgentDispatch.$Shape): livekit.AgentDispatch & livekit.AgentDispatch.$Shape;
		static create(properties?: livekit.AgentDispatch.$Properties): livekit.AgentDispatch;
		static encode(message: livekit.AgentDispatch.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AgentDispatch & livekit.AgentDispatch.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AgentDispatch {
		interface $Properties {
			id?: (string|null);
			agentName?: (string|null);
			room?: (string|null);
			metadata?: (string|null);
			state?: (livekit.AgentDispatchState.$Properties|null);
			restartPolicy?: (livekit.JobRestartPolicy|null);
			deployment?: (string|null);
			attributes?: ({ [k: string]: string }|null);
			threadId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  id?: string|null;
		  agentName?: string|null;
		  room?: string|null;
		  metadata?: string|null;
		  state?: livekit.AgentDispatchState.$Shape|null;
		  restartPolicy?: livekit.JobRestartPolicy|null;
		  deployment?: string|null;
		  attributes?: { [k: string]: string }|null;
		  threadId?: string|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IAgentDispatchState extends livekit.AgentDispatchState.$Properties {
	}

	class AgentDispatchState {
		constructor(properties?: livekit.AgentDispatchState.$Properties);
		$unknowns?: Uint8Array[];
		jobs: livekit.Job.$Properties[];
		createdAt: number;
		deletedAt: number;
		trigger: livekit.AgentDispatchTrigger;
		static create(properties: livekit.AgentDispatchState.$Shape): livekit.AgentDispatchState & livekit.AgentDispatchState.$Shape;
		static create(properties?: livekit.AgentDispatchState.$Properties): livekit.AgentDispatchState;
		static encode(message: livekit.AgentDispatchState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AgentDispatchState & livekit.AgentDispatchState.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AgentDispatchState {
		interface $Properties {
			jobs?: (livekit.Job.$Properties[]|null);
			createdAt?: (number|null);
			deletedAt?: (number|null);
			trigger?: (livekit.AgentDispatchTrigger|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  jobs?: livekit.Job.$Shape[]|null;
		  createdAt?: number|null;
		  deletedAt?: number|null;
		  trigger?: livekit.AgentDispatchTrigger|null;
		  $unknowns?: Uint8Array[];
		};
	}

	enum StreamType {
		UPSTREAM = 0,
		DOWNSTREAM = 1
	}

	enum AnalyticsEventType {
		ROOM_CREATED = 0,
		ROOM_ENDED = 1,
		PARTICIPANT_JOINED = 2,
		PARTICIPANT_LEFT = 3,
		PARTICIPANT_CONNECTION_ABORTED = 45,
		TRACK_PUBLISHED = 4,
		TRACK_PUBLISH_REQUESTED = 20,
		TRACK_UNPUBLISHED = 5,
		TRACK_SUBSCRIBED = 6,
		TRACK_SUBSCRIBE_REQUESTED = 21,
		TRACK_SUBSCRIBE_FAILED = 25,
		TRACK_UNSUBSCRIBED = 7,
		TRACK_PUBLISHED_UPDATE = 10,
		TRACK_MUTED = 23,
		TRACK_UNMUTED = 24,
		TRACK_PUBLISH_STATS = 26,
		TRACK_SUBSCRIBE_STATS = 27,
		PARTICIPANT_ACTIVE = 11,
		PARTICIPANT_RESUMED = 22,
		EGRESS_STARTED = 12,
		EGRESS_ENDED = 13,
		EGRESS_UPDATED = 28,
		TRACK_MAX_SUBSCRIBED_VIDEO_QUALITY = 14,
		RECONNECTED = 15,
		INGRESS_CREATED = 18,
		INGRESS_DELETED = 19,
		INGRESS_STARTED = 16,
		INGRESS_ENDED = 17,
		INGRESS_UPDATED = 29,
		SIP_INBOUND_TRUNK_CREATED = 30,
		SIP_INBOUND_TRUNK_DELETED = 31,
		SIP_OUTBOUND_TRUNK_CREATED = 32,
		SIP_OUTBOUND_TRUNK_DELETED = 33,
		SIP_DISPATCH_RULE_CREATED = 34,
		SIP_DISPATCH_RULE_DELETED = 35,
		SIP_PARTICIPANT_CREATED = 36,
		SIP_CALL_INCOMING = 37,
		SIP_CALL_STARTED = 38,
		SIP_CALL_ENDED = 39,
		SIP_TRANSFER_REQUESTED = 43,
		SIP_TRANSFER_COMPLETE = 44,
		SIP_CALL_UPDATE = 46,
		REPORT = 40,
		API_CALL = 41,
		WEBHOOK = 42
	}

	interface IAnalyticsVideoLayer extends livekit.AnalyticsVideoLayer.$Properties {
	}

	class AnalyticsVideoLayer {
		constructor(properties?: livekit.AnalyticsVideoLayer.$Properties);
		$unknowns?: Uint8Array[];
		layer: number;
		packets: number;
		bytes: number;
		frames: number;
		static create(properties: livekit.AnalyticsVideoLayer.$Shape): livekit.AnalyticsVideoLayer & livekit.AnalyticsVideoLayer.$Shape;
		static create(properties?: livekit.AnalyticsVideoLayer.$Properties): livekit.AnalyticsVideoLayer;
		static encode(message: livekit.AnalyticsVideoLayer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AnalyticsVideoLayer & livekit.AnalyticsVideoLayer.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AnalyticsVideoLayer {
		interface $Properties {
			layer?: (number|null);
			packets?: (number|null);
			bytes?: (number|null);
			frames?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.AnalyticsVideoLayer.$Properties;
	}

	interface IAnalyticsStream extends livekit.AnalyticsStream.$Properties {
	}

	class AnalyticsStream {
		constructor(properties?: livekit.AnalyticsStream.$Properties);
		$unknowns?: Uint8Array[];
		ssrc: number;
		primaryPackets: number;
		primaryBytes: number;
		retransmitPackets: number;
		retransmitBytes: number;
		paddingPackets: number;
		paddingBytes: number;
		packetsLost: number;
		frames: number;
		rtt: number;
		jitter: number;
		nacks: number;
		plis: number;
		firs: number;
		videoLayers: livekit.AnalyticsVideoLayer.$Properties[];
		startTime?: (google.protobuf.Timestamp.$Properties|null);
		endTime?: (google.protobuf.Timestamp.$Properties|null);
		packetsOutOfOrder: number;
		static create(properties: livekit.AnalyticsStream.$Shape): livekit.AnalyticsStream & livekit.AnalyticsStream.$Shape;
		static create(properties?: livekit.AnalyticsStream.$Properties): livekit.AnalyticsStream;
		static encode(message: livekit.AnalyticsStream.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AnalyticsStream & livekit.AnalyticsStream.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AnalyticsStream {
		interface $Properties {
			ssrc?: (number|null);
			primaryPackets?: (number|null);
			primaryBytes?: (number|null);
			retransmitPackets?: (number|null);
			retransmitBytes?: (number|null);
			paddingPackets?: (number|null);
			paddingBytes?: (number|null);
			packetsLost?: (number|null);
			frames?: (number|null);
			rtt?: (number|null);
			jitter?: (number|null);
			nacks?: (number|null);
			plis?: (number|null);
			firs?: (number|null);
			videoLayers?: (livekit.AnalyticsVideoLayer.$Properties[]|null);
			startTime?: (google.protobuf.Timestamp.$Properties|null);
			endTime?: (google.protobuf.Timestamp.$Properties|null);
			packetsOutOfOrder?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.AnalyticsStream.$Properties;
	}

	interface IAnalyticsStat extends livekit.AnalyticsStat.$Properties {
	}

	class AnalyticsStat {
		constructor(properties?: livekit.AnalyticsStat.$Properties);
		$unknowns?: Uint8Array[];
		id: string;
		analyticsKey: string;
		kind: livekit.StreamType;
		timeStamp?: (google.protobuf.Timestamp.$Properties|null);
		node: string;
		roomId: string;
		roomName: string;
		participantId: string;
		trackId: string;
		score: number;
		streams: livekit.AnalyticsStream.$Properties[];
		mime: string;
		minScore: number;
		medianScore: number;
		static create(properties: livekit.AnalyticsStat.$Shape): livekit.AnalyticsStat & livekit.AnalyticsStat.$Shape;
		static create(properties?: livekit.AnalyticsStat.$Properties): livekit.AnalyticsStat;
		static encode(message: livekit.AnalyticsStat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AnalyticsStat & livekit.AnalyticsStat.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AnalyticsStat {
		interface $Properties {
			id?: (string|null);
			analyticsKey?: (string|null);
			kind?: (livekit.StreamType|null);
			timeStamp?: (google.protobuf.Timestamp.$Properties|null);
			node?: (string|null);
			roomId?: (string|null);
			roomName?: (string|null);
			participantId?: (string|null);
			trackId?: (string|null);
			score?: (number|null);
			streams?: (livekit.AnalyticsStream.$Properties[]|null);
			mime?: (string|null);
			minScore?: (number|null);
			medianScore?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.AnalyticsStat.$Properties;
	}

	interface IAnalyticsStats extends livekit.AnalyticsStats.$Properties {
	}

	class AnalyticsStats {
		constructor(properties?: livekit.AnalyticsStats.$Properties);
		$unknowns?: Uint8Array[];
		stats: livekit.AnalyticsStat.$Properties[];
		static create(properties: livekit.AnalyticsStats.$Shape): livekit.AnalyticsStats & livekit.AnalyticsStats.$Shape;
		static create(properties?: livekit.AnalyticsStats.$Properties): livekit.AnalyticsStats;
		static encode(message: livekit.AnalyticsStats.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AnalyticsStats & livekit.AnalyticsStats.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AnalyticsStats {
		interface $Properties {
			stats?: (livekit.AnalyticsStat.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.AnalyticsStats.$Properties;
	}

	interface IAnalyticsClientMeta extends livekit.AnalyticsClientMeta.$Properties {
	}

	class AnalyticsClientMeta {
		constructor(properties?: livekit.AnalyticsClientMeta.$Properties);
		$unknowns?: Uint8Array[];
		region: string;
		node: string;
		clientAddr: string;
		clientConnectTime: number;
		connectionType: string;
		reconnectReason: livekit.ReconnectReason;
		geoHash?: (string|null);
		country?: (string|null);
		ispAsn?: (number|null);
		static create(properties: livekit.AnalyticsClientMeta.$Shape): livekit.AnalyticsClientMeta & livekit.AnalyticsClientMeta.$Shape;
		static create(properties?: livekit.AnalyticsClientMeta.$Properties): livekit.AnalyticsClientMeta;
		static encode(message: livekit.AnalyticsClientMeta.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AnalyticsClientMeta & livekit.AnalyticsClientMeta.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AnalyticsClientMeta {
		interface $Properties {
			region?: (string|null);
			node?: (string|null);
			clientAddr?: (string|null);
			clientConnectTime?: (number|null);
			connectionType?: (string|null);
			reconnectReason?: (livekit.ReconnectReason|null);
			geoHash?: (string|null);
			country?: (string|null);
			ispAsn?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.AnalyticsClientMeta.$Properties;
	}

	interface IAnalyticsEvent extends livekit.AnalyticsEvent.$Properties {
	}

	class AnalyticsEvent {
		constructor(properties?: livekit.AnalyticsEvent.$Properties);
		$unknowns?: Uint8Array[];
		id: string;
		type: livekit.AnalyticsEventType;
		timestamp?: (google.protobuf.Timestamp.$Properties|null);
		roomId: string;
		room?: (livekit.Room.$Properties|null);
		participantId: string;
		participant?: (livekit.ParticipantInfo.$Properties|null);
		trackId: string;
		track?: (livekit.TrackInfo.$Properties|null);
		analyticsKey: string;
		clientInfo?: (livekit.ClientInfo.$Properties|null);
		clientMeta?: (livekit.AnalyticsClientMeta.$Properties|null);
		egressId: string;
		ingressId: string;
		maxSubscribedVideoQuality: livekit.VideoQuality;
		publisher?: (livekit.ParticipantInfo.$Properties|null);
		mime: string;
		egress?: (livekit.EgressInfo.$Properties|null);
		ingress?: (livekit.IngressInfo.$Properties|null);
		error: string;
		rtpStats?: (livekit.RTPStats.$Properties|null);
		videoLayer: number;
		nodeId: string;
		sipCallId: string;
		sipCall?: (livekit.SIPCallInfo.$Properties|null);
		sipTrunkId: string;
		sipInboundTrunk?: (livekit.SIPInboundTrunkInfo.$Properties|null);
		sipOutboundTrunk?: (livekit.SIPOutboundTrunkInfo.$Properties|null);
		sipDispatchRuleId: string;
		sipDispatchRule?: (livekit.SIPDispatchRuleInfo.$Properties|null);
		sipTransfer?: (livekit.SIPTransferInfo.$Properties|null);
		report?: (livekit.ReportInfo.$Properties|null);
		apiCall?: (livekit.APICallInfo.$Properties|null);
		webhook?: (livekit.WebhookInfo.$Properties|null);
		roomEndReason: livekit.RoomEndReason;
		static create(properties: livekit.AnalyticsEvent.$Shape): livekit.AnalyticsEvent & livekit.AnalyticsEvent.$Shape;
		static create(properties?: livekit.AnalyticsEvent.$Properties): livekit.AnalyticsEvent;
		static encode(message: livekit.AnalyticsEvent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AnalyticsEvent & livekit.AnalyticsEvent.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AnalyticsEvent {
		interface $Properties {
			id?: (string|null);
			type?: (livekit.AnalyticsEventType|null);
			timestamp?: (google.protobuf.Timestamp.$Properties|null);
			roomId?: (string|null);
			room?: (livekit.Room.$Properties|null);
			participantId?: (string|null);
			participant?: (livekit.ParticipantInfo.$Properties|null);
			trackId?: (string|null);
			track?: (livekit.TrackInfo.$Properties|null);
			analyticsKey?: (string|null);
			clientInfo?: (livekit.ClientInfo.$Properties|null);
			clientMeta?: (livekit.AnalyticsClientMeta.$Properties|null);
			egressId?: (string|null);
			ingressId?: (string|null);
			maxSubscribedVideoQuality?: (livekit.VideoQuality|null);
			publisher?: (livekit.ParticipantInfo.$Properties|null);
			mime?: (string|null);
			egress?: (livekit.EgressInfo.$Properties|null);
			ingress?: (livekit.IngressInfo.$Properties|null);
			error?: (string|null);
			rtpStats?: (livekit.RTPStats.$Properties|null);
			videoLayer?: (number|null);
			nodeId?: (string|null);
			sipCallId?: (string|null);
			sipCall?: (livekit.SIPCallInfo.$Properties|null);
			sipTrunkId?: (string|null);
			sipInboundTrunk?: (livekit.SIPInboundTrunkInfo.$Properties|null);
			sipOutboundTrunk?: (livekit.SIPOutboundTrunkInfo.$Properties|null);
			sipDispatchRuleId?: (string|null);
			sipDispatchRule?: (livekit.SIPDispatchRuleInfo.$Properties|null);
			sipTransfer?: (livekit.SIPTransferInfo.$Properties|null);
			report?: (livekit.ReportInfo.$Properties|null);
			apiCall?: (livekit.APICallInfo.$Properties|null);
			webhook?: (livekit.WebhookInfo.$Properties|null);
			roomEndReason?: (livekit.RoomEndReason|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  id?: string|null;
		  type?: livekit.AnalyticsEventType|null;
		  timestamp?: google.protobuf.Timestamp.$Shape|null;
		  roomId?: string|null;
		  room?: livekit.Room.$Shape|null;
		  participantId?: string|null;
		  participant?: livekit.ParticipantInfo.$Shape|null;
		  trackId?: string|null;
		  track?: livekit.TrackInfo.$Shape|null;
		  analyticsKey?: string|null;
		  clientInfo?: livekit.ClientInfo.$Shape|null;
		  clientMeta?: livekit.AnalyticsClientMeta.$Shape|null;
		  egressId?: string|null;
		  ingressId?: string|null;
		  maxSubscribedVideoQuality?: livekit.VideoQuality|null;
		  publisher?: livekit.ParticipantInfo.$Shape|null;
		  mime?: string|null;
		  egress?: livekit.EgressInfo.$Shape|null;
		  ingress?: livekit.IngressInfo.$Shape|null;
		  error?: string|null;
		  rtpStats?: livekit.RTPStats.$Shape|null;
		  videoLayer?: number|null;
		  nodeId?: string|null;
		  sipCallId?: string|null;
		  sipCall?: livekit.SIPCallInfo.$Shape|null;
		  sipTrunkId?: string|null;
		  sipInboundTrunk?: livekit.SIPInboundTrunkInfo.$Shape|null;
		  sipOutboundTrunk?: livekit.SIPOutboundTrunkInfo.$Shape|null;
		  sipDispatchRuleId?: string|null;
		  sipDispatchRule?: livekit.SIPDispatchRuleInfo.$Shape|null;
		  sipTransfer?: livekit.SIPTransferInfo.$Shape|null;
		  report?: livekit.ReportInfo.$Shape|null;
		  apiCall?: livekit.APICallInfo.$Shape|null;
		  webhook?: livekit.WebhookInfo.$Shape|null;
		  roomEndReason?: livekit.RoomEndReason|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IAnalyticsEvents extends livekit.AnalyticsEvents.$Properties {
	}

	class AnalyticsEvents {
		constructor(properties?: livekit.AnalyticsEvents.$Properties);
		$unknowns?: Uint8Array[];
		events: livekit.AnalyticsEvent.$Properties[];
		static create(properties: livekit.AnalyticsEvents.$Shape): livekit.AnalyticsEvents & livekit.AnalyticsEvents.$Shape;
		static create(properties?: livekit.AnalyticsEvents.$Properties): livekit.AnalyticsEvents;
		static encode(message: livekit.AnalyticsEvents.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AnalyticsEvents & livekit.AnalyticsEvents.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AnalyticsEvents {
		interface $Properties {
			events?: (livekit.AnalyticsEvent.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  events?: livekit.AnalyticsEvent.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IAnalyticsRoomParticipant extends livekit.AnalyticsRoomParticipant.$Properties {
	}

	class AnalyticsRoomParticipant {
		constructor(properties?: livekit.AnalyticsRoomParticipant.$Properties);
		$unknowns?: Uint8Array[];
		id: string;
		identity: string;
		name: string;
		state: livekit.ParticipantInfo.State;
		joinedAt?: (google.protobuf.Timestamp.$Properties|null);
		static create(properties: livekit.AnalyticsRoomParticipant.$Shape): livekit.AnalyticsRoomParticipant & livekit.AnalyticsRoomParticipant.$Shape;
		static create(properties?: livekit.AnalyticsRoomParticipant.$Properties): livekit.AnalyticsRoomParticipant;
		static encode(message: livekit.AnalyticsRoomParticipant.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AnalyticsRoomParticipant & livekit.AnalyticsRoomParticipant.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AnalyticsRoomParticipant {
		interface $Properties {
			id?: (string|null);
			identity?: (string|null);
			name?: (string|null);
			state?: (livekit.ParticipantInfo.State|null);
			joinedAt?: (google.protobuf.Timestamp.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.AnalyticsRoomParticipant.$Properties;
	}

	interface IAnalyticsRoom extends livekit.AnalyticsRoom.$Properties {
	}

	class AnalyticsRoom {
		constructor(properties?: livekit.AnalyticsRoom.$Properties);
		$unknowns?: Uint8Array[];
		id: string;
		name: string;
		projectId: string;
		createdAt?: (google.protobuf.Timestamp.$Properties|null);
		participants: livekit.AnalyticsRoomParticipant.$Properties[];
		static create(properties: livekit.AnalyticsRoom.$Shape): livekit.AnalyticsRoom & livekit.AnalyticsRoom.$Shape;
		static create(properties?: livekit.AnalyticsRoom.$Properties): livekit.AnalyticsRoom;
		static encode(message: livekit.AnalyticsRoom.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AnalyticsRoom & livekit.AnalyticsRoom.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AnalyticsRoom {
		interface $Properties {
			id?: (string|null);
			name?: (string|null);
			projectId?: (string|null);
			createdAt?: (google.protobuf.Timestamp.$Properties|null);
			participants?: (livekit.AnalyticsRoomParticipant.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.AnalyticsRoom.$Properties;
	}

	interface IAnalyticsNodeRooms extends livekit.AnalyticsNodeRooms.$Properties {
	}

	class AnalyticsNodeRooms {
		constructor(properties?: livekit.AnalyticsNodeRooms.$Properties);
		$unknowns?: Uint8Array[];
		nodeId: string;
		sequenceNumber: number;
		timestamp?: (google.protobuf.Timestamp.$Properties|null);
		rooms: livekit.AnalyticsRoom.$Properties[];
		static create(properties: livekit.AnalyticsNodeRooms.$Shape): livekit.AnalyticsNodeRooms & livekit.AnalyticsNodeRooms.$Shape;
		static create(properties?: livekit.AnalyticsNodeRooms.$Properties): livekit.AnalyticsNodeRooms;
		static encode(message: livekit.AnalyticsNodeRooms.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AnalyticsNodeRooms & livekit.AnalyticsNodeRooms.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AnalyticsNodeRooms {
		interface $Properties {
			nodeId?: (string|null);
			sequenceNumber?: (number|null);
			timestamp?: (google.protobuf.Timestamp.$Properties|null);
			rooms?: (livekit.AnalyticsRoom.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.AnalyticsNodeRooms.$Properties;
	}

	interface IReportInfo extends livekit.ReportInfo.$Properties {
	}

	class ReportInfo {
		constructor(properties?: livekit.ReportInfo.$Properties);
		$unknowns?: Uint8Array[];
		featureUsage?: (livekit.FeatureUsageInfo.$Properties|null);
		message?: "featureUsage";
		static create(properties: livekit.ReportInfo.$Shape): livekit.ReportInfo & livekit.ReportInfo.$Shape;
		static create(properties?: livekit.ReportInfo.$Properties): livekit.ReportInfo;
		static encode(message: livekit.ReportInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ReportInfo & livekit.ReportInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ReportInfo {
		interface $Properties {
			featureUsage?: (livekit.FeatureUsageInfo.$Properties|null);
			message?: "featureUsage";
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  featureUsage?: livekit.FeatureUsageInfo.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ message?: undefined; featureUsage?: null }|{ message?: "featureUsage"; featureUsage: livekit.FeatureUsageInfo.$Shape })
		);
	}

	interface ITimeRange extends livekit.TimeRange.$Properties {
	}

	class TimeRange {
		constructor(properties?: livekit.TimeRange.$Properties);
		$unknowns?: Uint8Array[];
		startedAt?: (google.protobuf.Timestamp.$Properties|null);
		endedAt?: (google.protobuf.Timestamp.$Properties|null);
		static create(properties: livekit.TimeRange.$Shape): livekit.TimeRange & livekit.TimeRange.$Shape;
		static create(properties?: livekit.TimeRange.$Properties): livekit.TimeRange;
		static encode(message: livekit.TimeRange.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TimeRange & livekit.TimeRange.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TimeRange {
		interface $Properties {
			startedAt?: (google.protobuf.Timestamp.$Properties|null);
			endedAt?: (google.protobuf.Timestamp.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.TimeRange.$Properties;
	}

	interface IFeatureUsageInfo extends livekit.FeatureUsageInfo.$Properties {
	}

	class FeatureUsageInfo {
		constructor(properties?: livekit.FeatureUsageInfo.$Properties);
		$unknowns?: Uint8Array[];
		feature: livekit.FeatureUsageInfo.Feature;
		projectId: string;
		roomName: string;
		roomId: string;
		participantIdentity: string;
		participantId: string;
		trackId: string;
		timeRanges: livekit.TimeRange.$Properties[];
		featureInfo: { [k: string]: string };
		static create(properties: livekit.FeatureUsageInfo.$Shape): livekit.FeatureUsageInfo & livekit.FeatureUsageInfo.$Shape;
		static create(properties?: livekit.FeatureUsageInfo.$Properties): livekit.FeatureUsageInfo;
		static encode(message: livekit.FeatureUsageInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.FeatureUsageInfo & livekit.FeatureUsageInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace FeatureUsageInfo {
		interface $Properties {
			feature?: (livekit.FeatureUsageInfo.Feature|null);
			projectId?: (string|null);
			roomName?: (string|null);
			roomId?: (string|null);
			participantIdentity?: (string|null);
			participantId?: (string|null);
			trackId?: (string|null);
			timeRanges?: (livekit.TimeRange.$Properties[]|null);
			featureInfo?: ({ [k: string]: string }|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.FeatureUsageInfo.$Properties;

		enum Feature {
			KRISP_NOISE_CANCELLATION = 0,
			KRISP_BACKGROUND_VOICE_CANCELLATION = 1,
			AIC_AUDIO_ENHANCEMENT = 2,
			KRISP_VIVA = 3
		}
	}

	interface IAPICallRequest extends livekit.APICallRequest.$Properties {
	}

	class APICallRequest {
		constructor(properties?: livekit.APICallRequest.$Properties);
		$unknowns?: Uint8Array[];
		createRoomRequest?: (livekit.CreateRoomRequest.$Properties|null);
		listRoomsRequest?: (livekit.ListRoomsRequest.$Properties|null);
		deleteRoomRequest?: (livekit.DeleteRoomRequest.$Properties|null);
		listParticipantsRequest?: (livekit.ListParticipantsRequest.$Properties|null);
		roomParticipantIdentity?: (livekit.RoomParticipantIdentity.$Properties|null);
		muteRoomTrackRequest?: (livekit.MuteRoomTrackRequest.$Properties|null);
		updateParticipantRequest?: (livekit.UpdateParticipantRequest.$Properties|null);
		updateSubscriptionsRequest?: (livekit.UpdateSubscriptionsRequest.$Properties|null);
		sendDataRequest?: (livekit.SendDataRequest.$Properties|null);
		updateRoomMetadataRequest?: (livekit.UpdateRoomMetadataRequest.$Properties|null);
		message?: ("createRoomRequest"|"listRoomsRequest"|"deleteRoomRequest"|"listParticipantsRequest"|"roomParticipantIdentity"|"muteRoomTrackRequest"|"updateParticipantRequest"|"updateSubscriptionsRequest"|"sendDataRequest"|"updateRoomMetadataRequest");
		static create(properties: livekit.APICallRequest.$Shape): livekit.APICallRequest & livekit.APICallRequest.$Shape;
		static create(properties?: livekit.APICallRequest.$Properties): livekit.APICallRequest;
		static encode(message: livekit.APICallRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.APICallRequest & livekit.APICallRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace APICallRequest {
		interface $Properties {
			createRoomRequest?: (livekit.CreateRoomRequest.$Properties|null);
			listRoomsRequest?: (livekit.ListRoomsRequest.$Properties|null);
			deleteRoomRequest?: (livekit.DeleteRoomRequest.$Properties|null);
			listParticipantsRequest?: (livekit.ListParticipantsRequest.$Properties|null);
			roomParticipantIdentity?: (livekit.RoomParticipantIdentity.$Properties|null);
			muteRoomTrackRequest?: (livekit.MuteRoomTrackRequest.$Properties|null);
			updateParticipantRequest?: (livekit.UpdateParticipantRequest.$Properties|null);
			updateSubscriptionsRequest?: (livekit.UpdateSubscriptionsRequest.$Properties|null);
			sendDataRequest?: (livekit.SendDataRequest.$Properties|null);
			updateRoomMetadataRequest?: (livekit.UpdateRoomMetadataRequest.$Properties|null);
			message?: ("createRoomRequest"|"listRoomsRequest"|"deleteRoomRequest"|"listParticipantsRequest"|"roomParticipantIdentity"|"muteRoomTrackRequest"|"updateParticipantRequest"|"updateSubscriptionsRequest"|"sendDataRequest"|"updateRoomMetadataRequest");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  createRoomRequest?: livekit.CreateRoomRequest.$Shape|null;
		  listRoomsRequest?: livekit.ListRoomsRequest.$Shape|null;
		  deleteRoomRequest?: livekit.DeleteRoomRequest.$Shape|null;
		  listParticipantsRequest?: livekit.ListParticipantsRequest.$Shape|null;
		  roomParticipantIdentity?: livekit.RoomParticipantIdentity.$Shape|null;
		  muteRoomTrackRequest?: livekit.MuteRoomTrackRequest.$Shape|null;
		  updateParticipantRequest?: livekit.UpdateParticipantRequest.$Shape|null;
		  updateSubscriptionsRequest?: livekit.UpdateSubscriptionsRequest.$Shape|null;
		  sendDataRequest?: livekit.SendDataRequest.$Shape|null;
		  updateRoomMetadataRequest?: livekit.UpdateRoomMetadataRequest.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ message?: undefined; createRoomRequest?: null; listRoomsRequest?: null; deleteRoomRequest?: null; listParticipantsRequest?: null; roomParticipantIdentity?: null; muteRoomTrackRequest?: null; updateParticipantRequest?: null; updateSubscriptionsRequest?: null; sendDataRequest?: null; updateRoomMetadataRequest?: null }|{ message?: "createRoomRequest"; createRoomRequest: livekit.CreateRoomRequest.$Shape; listRoomsRequest?: null; deleteRoomRequest?: null; listParticipantsRequest?: null; roomParticipantIdentity?: null; muteRoomTrackRequest?: null; updateParticipantRequest?: null; updateSubscriptionsRequest?: null; sendDataRequest?: null; updateRoomMetadataRequest?: null }|{ message?: "listRoomsRequest"; createRoomRequest?: null; listRoomsRequest: livekit.ListRoomsRequest.$Shape; deleteRoomRequest?: null; listParticipantsRequest?: null; roomParticipantIdentity?: null; muteRoomTrackRequest?: null; updateParticipantRequest?: null; updateSubscriptionsRequest?: null; sendDataRequest?: null; updateRoomMetadataRequest?: null }|{ message?: "deleteRoomRequest"; createRoomRequest?: null; listRoomsRequest?: null; deleteRoomRequest: livekit.DeleteRoomRequest.$Shape; listParticipantsRequest?: null; roomParticipantIdentity?: null; muteRoomTrackRequest?: null; updateParticipantRequest?: null; updateSubscriptionsRequest?: null; sendDataRequest?: null; updateRoomMetadataRequest?: null }|{ message?: "listParticipantsRequest"; createRoomRequest?: null; listRoomsRequest?: null; deleteRoomRequest?: null; listParticipantsRequest: livekit.ListParticipantsRequest.$Shape; roomParticipantIdentity?: null; muteRoomTrackRequest?: null; updateParticipantRequest?: null; updateSubscriptionsRequest?: null; sendDataRequest?: null; updateRoomMetadataRequest?: null }|{ message?: "roomParticipantIdentity"; createRoomRequest?: null; listRoomsRequest?: null; deleteRoomRequest?: null; listParticipantsRequest?: null; roomParticipantIdentity: livekit.RoomParticipantIdentity.$Shape; muteRoomTrackRequest?: null; updateParticipantRequest?: null; updateSubscriptionsRequest?: null; sendDataRequest?: null; updateRoomMetadataRequest?: null }|{ message?: "muteRoomTrackRequest"; createRoomRequest?: null; listRoomsRequest?: null; deleteRoomRequest?: null; listParticipantsRequest?: null; roomParticipantIdentity?: null; muteRoomTrackRequest: livekit.MuteRoomTrackRequest.$Shape; updateParticipantRequest?: null; updateSubscriptionsRequest?: null; sendDataRequest?: null; updateRoomMetadataRequest?: null }|{ message?: "updateParticipantRequest"; createRoomRequest?: null; listRoomsRequest?: null; deleteRoomRequest?: null; listParticipantsRequest?: null; roomParticipantIdentity?: null; muteRoomTrackRequest?: null; updateParticipantRequest: livekit.UpdateParticipantRequest.$Shape; updateSubscriptionsRequest?: null; sendDataRequest?: null; updateRoomMetadataRequest?: null }|{ message?: "updateSubscriptionsRequest"; createRoomRequest?: null; listRoomsRequest?: null; deleteRoomRequest?: null; listParticipantsRequest?: null; roomParticipantIdentity?: null; muteRoomTrackRequest?: null; updateParticipantRequest?: null; updateSubscriptionsRequest: livekit.UpdateSubscriptionsRequest.$Shape; sendDataRequest?: null; updateRoomMetadataRequest?: null }|{ message?: "sendDataRequest"; createRoomRequest?: null; listRoomsRequest?: null; deleteRoomRequest?: null; listParticipantsRequest?: null; roomParticipantIdentity?: null; muteRoomTrackRequest?: null; updateParticipantRequest?: null; updateSubscriptionsRequest?: null; sendDataRequest: livekit.SendDataRequest.$Shape; updateRoomMetadataRequest?: null }|{ message?: "updateRoomMetadataRequest"; createRoomRequest?: null; listRoomsRequest?: null; deleteRoomRequest?: null; listParticipantsRequest?: null; roomParticipantIdentity?: null; muteRoomTrackRequest?: null; updateParticipantRequest?: null; updateSubscriptionsRequest?: null; sendDataRequest?: null; updateRoomMetadataRequest: livekit.UpdateRoomMetadataRequest.$Shape })
		);
	}

	interface IAPICallInfo extends livekit.APICallInfo.$Properties {
	}

	class APICallInfo {
		constructor(properties?: livekit.APICallInfo.$Properties);
		$unknowns?: Uint8Array[];
		projectId: string;
		request?: (livekit.APICallRequest.$Properties|null);
		service: string;
		method: string;
		nodeId: string;
		status: number;
		twirpErrorCode: string;
		twirpErrorMessage: string;
		roomName: string;
		roomId: string;
		participantIdentity: string;
		participantId: string;
		trackId: string;
		startedAt?: (google.protobuf.Timestamp.$Properties|null);
		durationNs: number;
		static create(properties: livekit.APICallInfo.$Shape): livekit.APICallInfo & livekit.APICallInfo.$Shape;
		static create(properties?: livekit.APICallInfo.$Properties): livekit.APICallInfo;
		static encode(message: livekit.APICallInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.APICallInfo & livekit.APICallInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace APICallInfo {
		interface $Properties {
			projectId?: (string|null);
			request?: (livekit.APICallRequest.$Properties|null);
			service?: (string|null);
			method?: (string|null);
			nodeId?: (string|null);
			status?: (number|null);
			twirpErrorCode?: (string|null);
			twirpErrorMessage?: (string|null);
			roomName?: (string|null);
			roomId?: (string|null);
			participantIdentity?: (string|null);
			participantId?: (string|null);
			trackId?: (string|null);
			startedAt?: (google.protobuf.Timestamp.$Properties|null);
			durationNs?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  projectId?: string|null;
		  request?: livekit.APICallRequest.$Shape|null;
		  service?: string|null;
		  method?: string|null;
		  nodeId?: string|null;
		  status?: number|null;
		  twirpErrorCode?: string|null;
		  twirpErrorMessage?: string|null;
		  roomName?: string|null;
		  roomId?: string|null;
		  participantIdentity?: string|null;
		  participantId?: string|null;
		  trackId?: string|null;
		  startedAt?: google.protobuf.Timestamp.$Shape|null;
		  durationNs?: number|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IWebhookInfo extends livekit.WebhookInfo.$Properties {
	}

	class WebhookInfo {
		constructor(properties?: livekit.WebhookInfo.$Properties);
		$unknowns?: Uint8Array[];
		eventId: string;
		event: string;
		projectId: string;
		roomName: string;
		roomId: string;
		participantIdentity: string;
		participantId: string;
		trackId: string;
		egressId: string;
		ingressId: string;
		createdAt?: (google.protobuf.Timestamp.$Properties|null);
		queuedAt?: (google.protobuf.Timestamp.$Properties|null);
		queueDurationNs: number;
		sentAt?: (google.protobuf.Timestamp.$Properties|null);
		sendDurationNs: number;
		url: string;
		numDropped: number;
		isDropped: boolean;
		serviceStatus: string;
		serviceErrorCode: number;
		serviceError: string;
		sendError: string;
		httpStatusCode: number;
		static create(properties: livekit.WebhookInfo.$Shape): livekit.WebhookInfo & livekit.WebhookInfo.$Shape;
		static create(properties?: livekit.WebhookInfo.$Properties): livekit.WebhookInfo;
		static encode(message: livekit.WebhookInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.WebhookInfo & livekit.WebhookInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WebhookInfo {
		interface $Properties {
			eventId?: (string|null);
			event?: (string|null);
			projectId?: (string|null);
			roomName?: (string|null);
			roomId?: (string|null);
			participantIdentity?: (string|null);
			participantId?: (string|null);
			trackId?: (string|null);
			egressId?: (string|null);
			ingressId?: (string|null);
			createdAt?: (google.protobuf.Timestamp.$Properties|null);
			queuedAt?: (google.protobuf.Timestamp.$Properties|null);
			queueDurationNs?: (number|null);
			sentAt?: (google.protobuf.Timestamp.$Properties|null);
			sendDurationNs?: (number|null);
			url?: (string|null);
			numDropped?: (number|null);
			isDropped?: (boolean|null);
			serviceStatus?: (string|null);
			serviceErrorCode?: (number|null);
			serviceError?: (string|null);
			sendError?: (string|null);
			httpStatusCode?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.WebhookInfo.$Properties;
	}

	enum AudioChannel {
		AUDIO_CHANNEL_BOTH = 0,
		AUDIO_CHANNEL_LEFT = 1,
		AUDIO_CHANNEL_RIGHT = 2
	}

	enum EncodingOptionsPreset {
		H264_720P_30 = 0,
		H264_720P_60 = 1,
		H264_1080P_30 = 2,
		H264_1080P_60 = 3,
		PORTRAIT_H264_720P_30 = 4,
		PORTRAIT_H264_720P_60 = 5,
		PORTRAIT_H264_1080P_30 = 6,
		PORTRAIT_H264_1080P_60 = 7,
		PASSTHROUGH = 8
	}

	enum EncodedFileType {
		DEFAULT_FILETYPE = 0,
		MP4 = 1,
		OGG = 2,
		MP3 = 3,
		MCAP = 4
	}

	enum StreamProtocol {
		DEFAULT_PROTOCOL = 0,
		RTMP = 1,
		SRT = 2,
		WEBSOCKET = 3
	}

	enum SegmentedFileProtocol {
		DEFAULT_SEGMENTED_FILE_PROTOCOL = 0,
		HLS_PROTOCOL = 1,
		HLS_FMP4_PROTOCOL = 2
	}

	enum SegmentedFileSuffix {
		INDEX = 0,
		TIMESTAMP = 1
	}

	enum ImageFileSuffix {
		IMAGE_SUFFIX_INDEX = 0,
		IMAGE_SUFFIX_TIMESTAMP = 1,
		IMAGE_SUFFIX_NONE_OVERWRITE = 2
	}

	enum EgressSourceType {
		EGRESS_SOURCE_TYPE_WEB = 0,
		EGRESS_SOURCE_TYPE_SDK = 1
	}

	enum EgressStatus {
		EGRESS_STARTING = 0,
		EGRESS_ACTIVE = 1,
		EGRESS_ENDING = 2,
		EGRESS_COMPLETE = 3,
		EGRESS_FAILED = 4,
		EGRESS_ABORTED = 5,
		EGRESS_LIMIT_REACHED = 6
	}

	enum AudioMixing {
		DEFAULT_MIXING = 0,
		DUAL_CHANNEL_AGENT = 1,
		DUAL_CHANNEL_ALTERNATE = 2
	}

	interface IStartEgressRequest extends livekit.StartEgressRequest.$Properties {
	}

	class StartEgressRequest {
		constructor(properties?: livekit.StartEgressRequest.$Properties);
		$unknowns?: Uint8Array[];
		roomName: string;
		template?: (livekit.TemplateSource.$Properties|null);
		web?: (livekit.WebSource.$Properties|null);
		media?: (livekit.MediaSource.$Properties|null);
		preset?: (livekit.EncodingOptionsPreset|null);
		advanced?: (livekit.EncodingOptions.$Properties|null);
		outputs: livekit.Output.$Properties[];
		storage?: (livekit.StorageConfig.$Properties|null);
		webhooks: livekit.WebhookConfig.$Properties[];
		source?: ("template"|"web"|"media");
		encoding?: ("preset"|"advanced");
		static create(properties: livekit.StartEgressRequest.$Shape): livekit.StartEgressRequest & livekit.StartEgressRequest.$Shape;
		static create(properties?: livekit.StartEgressRequest.$Properties): livekit.StartEgressRequest;
		static encode(message: livekit.StartEgressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.StartEgressRequest & livekit.StartEgressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StartEgressRequest {
		interface $Properties {
			roomName?: (string|null);
			template?: (livekit.TemplateSource.$Properties|null);
			web?: (livekit.WebSource.$Properties|null);
			media?: (livekit.MediaSource.$Properties|null);
			preset?: (livekit.EncodingOptionsPreset|null);
			advanced?: (livekit.EncodingOptions.$Properties|null);
			outputs?: (livekit.Output.$Properties[]|null);
			storage?: (livekit.StorageConfig.$Properties|null);
			webhooks?: (livekit.WebhookConfig.$Properties[]|null);
			source?: ("template"|"web"|"media");
			encoding?: ("preset"|"advanced");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  roomName?: string|null;
		  template?: livekit.TemplateSource.$Shape|null;
		  web?: livekit.WebSource.$Shape|null;
		  media?: livekit.MediaSource.$Shape|null;
		  preset?: livekit.EncodingOptionsPreset|null;
		  advanced?: livekit.EncodingOptions.$Shape|null;
		  outputs?: livekit.Output.$Shape[]|null;
		  storage?: livekit.StorageConfig.$Shape|null;
		  webhooks?: livekit.WebhookConfig.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ source?: undefined; template?: null; web?: null; media?: null }|{ source?: "template"; template: livekit.TemplateSource.$Shape; web?: null; media?: null }|{ source?: "web"; template?: null; web: livekit.WebSource.$Shape; media?: null }|{ source?: "media"; template?: null; web?: null; media: livekit.MediaSource.$Shape })
		) & (
		  ({ encoding?: undefined; preset?: null; advanced?: null }|{ encoding?: "preset"; preset: livekit.EncodingOptionsPreset; advanced?: null }|{ encoding?: "advanced"; preset?: null; advanced: livekit.EncodingOptions.$Shape })
		);
	}

	interface ITemplateSource extends livekit.TemplateSource.$Properties {
	}

	class TemplateSource {
		constructor(properties?: livekit.TemplateSource.$Properties);
		$unknowns?: Uint8Array[];
		layout: string;
		audioOnly: boolean;
		videoOnly: boolean;
		customBaseUrl: string;
		static create(properties: livekit.TemplateSource.$Shape): livekit.TemplateSource & livekit.TemplateSource.$Shape;
		static create(properties?: livekit.TemplateSource.$Properties): livekit.TemplateSource;
		static encode(message: livekit.TemplateSource.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TemplateSource & livekit.TemplateSource.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TemplateSource {
		interface $Properties {
			layout?: (string|null);
			audioOnly?: (boolean|null);
			videoOnly?: (boolean|null);
			customBaseUrl?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.TemplateSource.$Properties;
	}

	interface IWebSource extends livekit.WebSource.$Properties {
	}

	class WebSource {
		constructor(properties?: livekit.WebSource.$Properties);
		$unknowns?: Uint8Array[];
		url: string;
		audioOnly: boolean;
		videoOnly: boolean;
		awaitStartSignal: boolean;
		static create(properties: livekit.WebSource.$Shape): livekit.WebSource & livekit.WebSource.$Shape;
		static create(properties?: livekit.WebSource.$Properties): livekit.WebSource;
		static encode(message: livekit.WebSource.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.WebSource & livekit.WebSource.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WebSource {
		interface $Properties {
			url?: (string|null);
			audioOnly?: (boolean|null);
			videoOnly?: (boolean|null);
			awaitStartSignal?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.WebSource.$Properties;
	}

	interface IMediaSource extends livekit.MediaSource.$Properties {
	}

	class MediaSource {
		constructor(properties?: livekit.MediaSource.$Properties);
		$unknowns?: Uint8Array[];
		videoTrackId?: (string|null);
		participantVideo?: (livekit.ParticipantVideo.$Properties|null);
		videos?: (livekit.VideoConfig.$Properties|null);
		audio?: (livekit.AudioConfig.$Properties|null);
		data?: (livekit.DataConfig.$Properties|null);
		video?: ("videoTrackId"|"participantVideo"|"videos");
		static create(properties: livekit.MediaSource.$Shape): livekit.MediaSource & livekit.MediaSource.$Shape;
		static create(properties?: livekit.MediaSource.$Properties): livekit.MediaSource;
		static encode(message: livekit.MediaSource.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.MediaSource & livekit.MediaSource.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace MediaSource {
		interface $Properties {
			videoTrackId?: (string|null);
			participantVideo?: (livekit.ParticipantVideo.$Properties|null);
			videos?: (livekit.VideoConfig.$Properties|null);
			audio?: (livekit.AudioConfig.$Properties|null);
			data?: (livekit.DataConfig.$Properties|null);
			video?: ("videoTrackId"|"participantVideo"|"videos");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  videoTrackId?: string|null;
		  participantVideo?: livekit.ParticipantVideo.$Shape|null;
		  videos?: livekit.VideoConfig.$Shape|null;
		  audio?: livekit.AudioConfig.$Shape|null;
		  data?: livekit.DataConfig.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ video?: undefined; videoTrackId?: null; participantVideo?: null; videos?: null }|{ video?: "videoTrackId"; videoTrackId: string; participantVideo?: null; videos?: null }|{ video?: "participantVideo"; videoTrackId?: null; participantVideo: livekit.ParticipantVideo.$Shape; videos?: null }|{ video?: "videos"; videoTrackId?: null; participantVideo?: null; videos: livekit.VideoConfig.$Shape })
		);
	}

	interface IParticipantVideo extends livekit.ParticipantVideo.$Properties {
	}

	class ParticipantVideo {
		constructor(properties?: livekit.ParticipantVideo.$Properties);
		$unknowns?: Uint8Array[];
		identity: string;
		preferScreenShare: boolean;
		static create(properties: livekit.ParticipantVideo.$Shape): livekit.ParticipantVideo & livekit.ParticipantVideo.$Shape;
		static create(properties?: livekit.ParticipantVideo.$Properties): livekit.ParticipantVideo;
		static encode(message: livekit.ParticipantVideo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ParticipantVideo & livekit.ParticipantVideo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ParticipantVideo {
		interface $Properties {
			identity?: (string|null);
			preferScreenShare?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ParticipantVideo.$Properties;
	}

	interface IAudioConfig extends livekit.AudioConfig.$Properties {
	}

	class AudioConfig {
		constructor(properties?: livekit.AudioConfig.$Properties);
		$unknowns?: Uint8Array[];
		captureAll: boolean;
		routes: livekit.AudioRoute.$Properties[];
		static create(properties: livekit.AudioConfig.$Shape): livekit.AudioConfig & livekit.AudioConfig.$Shape;
		static create(properties?: livekit.AudioConfig.$Properties): livekit.AudioConfig;
		static encode(message: livekit.AudioConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AudioConfig & livekit.AudioConfig.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AudioConfig {
		interface $Properties {
			captureAll?: (boolean|null);
			routes?: (livekit.AudioRoute.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  captureAll?: boolean|null;
		  routes?: livekit.AudioRoute.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IAudioRoute extends livekit.AudioRoute.$Properties {
	}

	class AudioRoute {
		constructor(properties?: livekit.AudioRoute.$Properties);
		$unknowns?: Uint8Array[];
		trackId?: (string|null);
		participantIdentity?: (string|null);
		participantKind?: (livekit.ParticipantInfo.Kind|null);
		channel: livekit.AudioChannel;
		trackName: string;
		exclude: boolean;
		match?: ("trackId"|"participantIdentity"|"participantKind");
		static create(properties: livekit.AudioRoute.$Shape): livekit.AudioRoute & livekit.AudioRoute.$Shape;
		static create(properties?: livekit.AudioRoute.$Properties): livekit.AudioRoute;
		static encode(message: livekit.AudioRoute.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AudioRoute & livekit.AudioRoute.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AudioRoute {
		interface $Properties {
			trackId?: (string|null);
			participantIdentity?: (string|null);
			participantKind?: (livekit.ParticipantInfo.Kind|null);
			channel?: (livekit.AudioChannel|null);
			trackName?: (string|null);
			exclude?: (boolean|null);
			match?: ("trackId"|"participantIdentity"|"participantKind");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  trackId?: string|null;
		  participantIdentity?: string|null;
		  participantKind?: livekit.ParticipantInfo.Kind|null;
		  channel?: livekit.AudioChannel|null;
		  trackName?: string|null;
		  exclude?: boolean|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ match?: undefined; trackId?: null; participantIdentity?: null; participantKind?: null }|{ match?: "trackId"; trackId: string; participantIdentity?: null; participantKind?: null }|{ match?: "participantIdentity"; trackId?: null; participantIdentity: string; participantKind?: null }|{ match?: "participantKind"; trackId?: null; participantIdentity?: null; participantKind: livekit.ParticipantInfo.Kind })
		);
	}

	interface IDataConfig extends livekit.DataConfig.$Properties {
	}

	class DataConfig {
		constructor(properties?: livekit.DataConfig.$Properties);
		$unknowns?: Uint8Array[];
		captureAll: boolean;
		selectors: livekit.DataSelector.$Properties[];
		static create(properties: livekit.DataConfig.$Shape): livekit.DataConfig & livekit.DataConfig.$Shape;
		static create(properties?: livekit.DataConfig.$Properties): livekit.DataConfig;
		static encode(message: livekit.DataConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataConfig & livekit.DataConfig.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DataConfig {
		interface $Properties {
			captureAll?: (boolean|null);
			selectors?: (livekit.DataSelector.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  captureAll?: boolean|null;
		  selectors?: livekit.DataSelector.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IDataSelector extends livekit.DataSelector.$Properties {
	}

	class DataSelector {
		constructor(properties?: livekit.DataSelector.$Properties);
		$unknowns?: Uint8Array[];
		trackId?: (string|null);
		participantIdentity?: (string|null);
		trackName: string;
		exclude: boolean;
		match?: ("trackId"|"participantIdentity");
		static create(properties: livekit.DataSelector.$Shape): livekit.DataSelector & livekit.DataSelector.$Shape;
		static create(properties?: livekit.DataSelector.$Properties): livekit.DataSelector;
		static encode(message: livekit.DataSelector.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataSelector & livekit.DataSelector.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DataSelector {
		interface $Properties {
			trackId?: (string|null);
			participantIdentity?: (string|null);
			trackName?: (string|null);
			exclude?: (boolean|null);
			match?: ("trackId"|"participantIdentity");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  trackId?: string|null;
		  participantIdentity?: string|null;
		  trackName?: string|null;
		  exclude?: boolean|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ match?: undefined; trackId?: null; participantIdentity?: null }|{ match?: "trackId"; trackId: string; participantIdentity?: null }|{ match?: "participantIdentity"; trackId?: null; participantIdentity: string })
		);
	}

	interface IEncodingOptions extends livekit.EncodingOptions.$Properties {
	}

	class EncodingOptions {
		constructor(properties?: livekit.EncodingOptions.$Properties);
		$unknowns?: Uint8Array[];
		width: number;
		height: number;
		depth: number;
		framerate: number;
		audioCodec: livekit.AudioCodec;
		audioBitrate: number;
		audioFrequency: number;
		videoCodec: livekit.VideoCodec;
		videoBitrate: number;
		keyFrameInterval: number;
		audioQuality: number;
		videoQuality: number;
		static create(properties: livekit.EncodingOptions.$Shape): livekit.EncodingOptions & livekit.EncodingOptions.$Shape;
		static create(properties?: livekit.EncodingOptions.$Properties): livekit.EncodingOptions;
		static encode(message: livekit.EncodingOptions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.EncodingOptions & livekit.EncodingOptions.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace EncodingOptions {
		interface $Properties {
			width?: (number|null);
			height?: (number|null);
			depth?: (number|null);
			framerate?: (number|null);
			audioCodec?: (livekit.AudioCodec|null);
			audioBitrate?: (number|null);
			audioFrequency?: (number|null);
			videoCodec?: (livekit.VideoCodec|null);
			videoBitrate?: (number|null);
			keyFrameInterval?: (number|null);
			audioQuality?: (number|null);
			videoQuality?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.EncodingOptions.$Properties;
	}

	interface IOutput extends livekit.Output.$Properties {
	}

	class Output {
		constructor(properties?: livekit.Output.$Properties);
		$unknowns?: Uint8Array[];
		file?: (livekit.FileOutput.$Properties|null);
		stream?: (livekit.StreamOutput.$Properties|null);
		segments?: (livekit.SegmentedFileOutput.$Properties|null);
		images?: (livekit.ImageOutput.$Properties|null);
		storage?: (livekit.StorageConfig.$Properties|null);
		config?: ("file"|"stream"|"segments"|"images");
		static create(properties: livekit.Output.$Shape): livekit.Output & livekit.Output.$Shape;
		static create(properties?: livekit.Output.$Properties): livekit.Output;
		static encode(message: livekit.Output.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.Output & livekit.Output.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace Output {
		interface $Properties {
			file?: (livekit.FileOutput.$Properties|null);
			stream?: (livekit.StreamOutput.$Properties|null);
			segments?: (livekit.SegmentedFileOutput.$Properties|null);
			images?: (livekit.ImageOutput.$Properties|null);
			storage?: (livekit.StorageConfig.$Properties|null);
			config?: ("file"|"stream"|"segments"|"images");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  file?: livekit.FileOutput.$Shape|null;
		  stream?: livekit.StreamOutput.$Shape|null;
		  segments?: livekit.SegmentedFileOutput.$Shape|null;
		  images?: livekit.ImageOutput.$Shape|null;
		  storage?: livekit.StorageConfig.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ config?: undefined; file?: null; stream?: null; segments?: null; images?: null }|{ config?: "file"; file: livekit.FileOutput.$Shape; stream?: null; segments?: null; images?: null }|{ config?: "stream"; file?: null; stream: livekit.StreamOutput.$Shape; segments?: null; images?: null }|{ config?: "segments"; file?: null; stream?: null; segments: livekit.SegmentedFileOutput.$Shape; images?: null }|{ config?: "images"; file?: null; stream?: null; segments?: null; images: livekit.ImageOutput.$Shape })
		);
	}

	interface IFileOutput extends livekit.FileOutput.$Properties {
	}

	class FileOutput {
		constructor(properties?: livekit.FileOutput.$Properties);
		$unknowns?: Uint8Array[];
		fileType: livekit.EncodedFileType;
		filepath: string;
		disableManifest: boolean;
		static create(properties: livekit.FileOutput.$Shape): livekit.FileOutput & livekit.FileOutput.$Shape;
		static create(properties?: livekit.FileOutput.$Properties): livekit.FileOutput;
		static encode(message: livekit.FileOutput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.FileOutput & livekit.FileOutput.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace FileOutput {
		interface $Properties {
			fileType?: (livekit.EncodedFileType|null);
			filepath?: (string|null);
			disableManifest?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.FileOutput.$Properties;
	}

	interface IStreamOutput extends livekit.StreamOutput.$Properties {
	}

	class StreamOutput {
		constructor(properties?: livekit.StreamOutput.$Properties);
		$unknowns?: Uint8Array[];
		protocol: livekit.StreamProtocol;
		urls: string[];
		destinations: livekit.StreamDestination.$Properties[];
		static create(properties: livekit.StreamOutput.$Shape): livekit.StreamOutput & livekit.StreamOutput.$Shape;
		static create(properties?: livekit.StreamOutput.$Properties): livekit.StreamOutput;
		static encode(message: livekit.StreamOutput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.StreamOutput & livekit.StreamOutput.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StreamOutput {
		interface $Properties {
			protocol?: (livekit.StreamProtocol|null);
			urls?: (string[]|null);
			destinations?: (livekit.StreamDestination.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.StreamOutput.$Properties;
	}

	interface ISegmentedFileOutput extends livekit.SegmentedFileOutput.$Properties {
	}

	class SegmentedFileOutput {
		constructor(properties?: livekit.SegmentedFileOutput.$Properties);
		$unknowns?: Uint8Array[];
		protocol: livekit.SegmentedFileProtocol;
		filenamePrefix: string;
		playlistName: string;
		livePlaylistName: string;
		segmentDuration: number;
		filenameSuffix: livekit.SegmentedFileSuffix;
		disableManifest: boolean;
		s3?: (livekit.S3Upload.$Properties|null);
		gcp?: (livekit.GCPUpload.$Properties|null);
		azure?: (livekit.AzureBlobUpload.$Properties|null);
		aliOSS?: (livekit.AliOSSUpload.$Properties|null);
		output?: ("s3"|"gcp"|"azure"|"aliOSS");
		static create(properties: livekit.SegmentedFileOutput.$Shape): livekit.SegmentedFileOutput & livekit.SegmentedFileOutput.$Shape;
		static create(properties?: livekit.SegmentedFileOutput.$Properties): livekit.SegmentedFileOutput;
		static encode(message: livekit.SegmentedFileOutput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SegmentedFileOutput & livekit.SegmentedFileOutput.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SegmentedFileOutput {
		interface $Properties {
			protocol?: (livekit.SegmentedFileProtocol|null);
			filenamePrefix?: (string|null);
			playlistName?: (string|null);
			livePlaylistName?: (string|null);
			segmentDuration?: (number|null);
			filenameSuffix?: (livekit.SegmentedFileSuffix|null);
			disableManifest?: (boolean|null);
			s3?: (livekit.S3Upload.$Properties|null);
			gcp?: (livekit.GCPUpload.$Properties|null);
			azure?: (livekit.AzureBlobUpload.$Properties|null);
			aliOSS?: (livekit.AliOSSUpload.$Properties|null);
			output?: ("s3"|"gcp"|"azure"|"aliOSS");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  protocol?: livekit.SegmentedFileProtocol|null;
		  filenamePrefix?: string|null;
		  playlistName?: string|null;
		  livePlaylistName?: string|null;
		  segmentDuration?: number|null;
		  filenameSuffix?: livekit.SegmentedFileSuffix|null;
		  disableManifest?: boolean|null;
		  s3?: livekit.S3Upload.$Shape|null;
		  gcp?: livekit.GCPUpload.$Shape|null;
		  azure?: livekit.AzureBlobUpload.$Shape|null;
		  aliOSS?: livekit.AliOSSUpload.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ output?: undefined; s3?: null; gcp?: null; azure?: null; aliOSS?: null }|{ output?: "s3"; s3: livekit.S3Upload.$Shape; gcp?: null; azure?: null; aliOSS?: null }|{ output?: "gcp"; s3?: null; gcp: livekit.GCPUpload.$Shape; azure?: null; aliOSS?: null }|{ output?: "azure"; s3?: null; gcp?: null; azure: livekit.AzureBlobUpload.$Shape; aliOSS?: null }|{ output?: "aliOSS"; s3?: null; gcp?: null; azure?: null; aliOSS: livekit.AliOSSUpload.$Shape })
		);
	}

	interface IImageOutput extends livekit.ImageOutput.$Properties {
	}

	class ImageOutput {
		constructor(properties?: livekit.ImageOutput.$Properties);
		$unknowns?: Uint8Array[];
		captureInterval: number;
		width: number;
		height: number;
		filenamePrefix: string;
		filenameSuffix: livekit.ImageFileSuffix;
		imageCodec: livekit.ImageCodec;
		disableManifest: boolean;
		s3?: (livekit.S3Upload.$Properties|null);
		gcp?: (livekit.GCPUpload.$Properties|null);
		azure?: (livekit.AzureBlobUpload.$Properties|null);
		aliOSS?: (livekit.AliOSSUpload.$Properties|null);
		output?: ("s3"|"gcp"|"azure"|"aliOSS");
		static create(properties: livekit.ImageOutput.$Shape): livekit.ImageOutput & livekit.ImageOutput.$Shape;
		static create(properties?: livekit.ImageOutput.$Properties): livekit.ImageOutput;
		static encode(message: livekit.ImageOutput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ImageOutput & livekit.ImageOutput.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ImageOutput {
		interface $Properties {
			captureInterval?: (number|null);
			width?: (number|null);
			height?: (number|null);
			filenamePrefix?: (string|null);
			filenameSuffix?: (livekit.ImageFileSuffix|null);
			imageCodec?: (livekit.ImageCodec|null);
			disableManifest?: (boolean|null);
			s3?: (livekit.S3Upload.$Properties|null);
			gcp?: (livekit.GCPUpload.$Properties|null);
			azure?: (livekit.AzureBlobUpload.$Properties|null);
			aliOSS?: (livekit.AliOSSUpload.$Properties|null);
			output?: ("s3"|"gcp"|"azure"|"aliOSS");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  captureInterval?: number|null;
		  width?: number|null;
		  height?: number|null;
		  filenamePrefix?: string|null;
		  filenameSuffix?: livekit.ImageFileSuffix|null;
		  imageCodec?: livekit.ImageCodec|null;
		  disableManifest?: boolean|null;
		  s3?: livekit.S3Upload.$Shape|null;
		  gcp?: livekit.GCPUpload.$Shape|null;
		  azure?: livekit.AzureBlobUpload.$Shape|null;
		  aliOSS?: livekit.AliOSSUpload.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ output?: undefined; s3?: null; gcp?: null; azure?: null; aliOSS?: null }|{ output?: "s3"; s3: livekit.S3Upload.$Shape; gcp?: null; azure?: null; aliOSS?: null }|{ output?: "gcp"; s3?: null; gcp: livekit.GCPUpload.$Shape; azure?: null; aliOSS?: null }|{ output?: "azure"; s3?: null; gcp?: null; azure: livekit.AzureBlobUpload.$Shape; aliOSS?: null }|{ output?: "aliOSS"; s3?: null; gcp?: null; azure?: null; aliOSS: livekit.AliOSSUpload.$Shape })
		);
	}

	interface IStorageConfig extends livekit.StorageConfig.$Properties {
	}

	class StorageConfig {
		constructor(properties?: livekit.StorageConfig.$Properties);
		$unknowns?: Uint8Array[];
		s3?: (livekit.S3Upload.$Properties|null);
		gcp?: (livekit.GCPUpload.$Properties|null);
		azure?: (livekit.AzureBlobUpload.$Properties|null);
		aliOSS?: (livekit.AliOSSUpload.$Properties|null);
		provider?: ("s3"|"gcp"|"azure"|"aliOSS");
		static create(properties: livekit.StorageConfig.$Shape): livekit.StorageConfig & livekit.StorageConfig.$Shape;
		static create(properties?: livekit.StorageConfig.$Properties): livekit.StorageConfig;
		static encode(message: livekit.StorageConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.StorageConfig & livekit.StorageConfig.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StorageConfig {
		interface $Properties {
			s3?: (livekit.S3Upload.$Properties|null);
			gcp?: (livekit.GCPUpload.$Properties|null);
			azure?: (livekit.AzureBlobUpload.$Properties|null);
			aliOSS?: (livekit.AliOSSUpload.$Properties|null);
			provider?: ("s3"|"gcp"|"azure"|"aliOSS");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  s3?: livekit.S3Upload.$Shape|null;
		  gcp?: livekit.GCPUpload.$Shape|null;
		  azure?: livekit.AzureBlobUpload.$Shape|null;
		  aliOSS?: livekit.AliOSSUpload.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ provider?: undefined; s3?: null; gcp?: null; azure?: null; aliOSS?: null }|{ provider?: "s3"; s3: livekit.S3Upload.$Shape; gcp?: null; azure?: null; aliOSS?: null }|{ provider?: "gcp"; s3?: null; gcp: livekit.GCPUpload.$Shape; azure?: null; aliOSS?: null }|{ provider?: "azure"; s3?: null; gcp?: null; azure: livekit.AzureBlobUpload.$Shape; aliOSS?: null }|{ provider?: "aliOSS"; s3?: null; gcp?: null; azure?: null; aliOSS: livekit.AliOSSUpload.$Shape })
		);
	}

	interface IS3Upload extends livekit.S3Upload.$Properties {
	}

	class S3Upload {
		constructor(properties?: livekit.S3Upload.$Properties);
		$unknowns?: Uint8Array[];
		accessKey: string;
		secret: string;
		sessionToken: string;
		assumeRoleArn: string;
		assumeRoleExternalId: string;
		region: string;
		endpoint: string;
		bucket: string;
		forcePathStyle: boolean;
		metadata: { [k: string]: string };
		tagging: string;
		contentDisposition: string;
		proxy?: (livekit.ProxyConfig.$Properties|null);
		static create(properties: livekit.S3Upload.$Shape): livekit.S3Upload & livekit.S3Upload.$Shape;
		static create(properties?: livekit.S3Upload.$Properties): livekit.S3Upload;
		static encode(message: livekit.S3Upload.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.S3Upload & livekit.S3Upload.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace S3Upload {
		interface $Properties {
			accessKey?: (string|null);
			secret?: (string|null);
			sessionToken?: (string|null);
			assumeRoleArn?: (string|null);
			assumeRoleExternalId?: (string|null);
			region?: (string|null);
			endpoint?: (string|null);
			bucket?: (string|null);
			forcePathStyle?: (boolean|null);
			metadata?: ({ [k: string]: string }|null);
			tagging?: (string|null);
			contentDisposition?: (string|null);
			proxy?: (livekit.ProxyConfig.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.S3Upload.$Properties;
	}

	interface IGCPUpload extends livekit.GCPUpload.$Properties {
	}

	class GCPUpload {
		constructor(properties?: livekit.GCPUpload.$Properties);
		$unknowns?: Uint8Array[];
		credentials: string;
		bucket: string;
		proxy?: (livekit.ProxyConfig.$Properties|null);
		static create(properties: livekit.GCPUpload.$Shape): livekit.GCPUpload & livekit.GCPUpload.$Shape;
		static create(properties?: livekit.GCPUpload.$Properties): livekit.GCPUpload;
		static encode(message: livekit.GCPUpload.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.GCPUpload & livekit.GCPUpload.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace GCPUpload {
		interface $Properties {
			credentials?: (string|null);
			bucket?: (string|null);
			proxy?: (livekit.ProxyConfig.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.GCPUpload.$Properties;
	}

	interface IAzureBlobUpload extends livekit.AzureBlobUpload.$Properties {
	}

	class AzureBlobUpload {
		constructor(properties?: livekit.AzureBlobUpload.$Properties);
		$unknowns?: Uint8Array[];
		accountName: string;
		accountKey: string;
		containerName: string;
		static create(properties: livekit.AzureBlobUpload.$Shape): livekit.AzureBlobUpload & livekit.AzureBlobUpload.$Shape;
		static create(properties?: livekit.AzureBlobUpload.$Properties): livekit.AzureBlobUpload;
		static encode(message: livekit.AzureBlobUpload.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AzureBlobUpload & livekit.AzureBlobUpload.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AzureBlobUpload {
		interface $Properties {
			accountName?: (string|null);
			accountKey?: (string|null);
			containerName?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.AzureBlobUpload.$Properties;
	}

	interface IAliOSSUpload extends livekit.AliOSSUpload.$Properties {
	}

	class AliOSSUpload {
		constructor(properties?: livekit.AliOSSUpload.$Properties);
		$unknowns?: Uint8Array[];
		accessKey: string;
		secret: string;
		region: string;
		endpoint: string;
		bucket: string;
		static create(properties: livekit.AliOSSUpload.$Shape): livekit.AliOSSUpload & livekit.AliOSSUpload.$Shape;
		static create(properties?: livekit.AliOSSUpload.$Properties): livekit.AliOSSUpload;
		static encode(message: livekit.AliOSSUpload.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AliOSSUpload & livekit.AliOSSUpload.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AliOSSUpload {
		interface $Properties {
			accessKey?: (string|null);
			secret?: (string|null);
			region?: (string|null);
			endpoint?: (string|null);
			bucket?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.AliOSSUpload.$Properties;
	}

	interface IProxyConfig extends livekit.ProxyConfig.$Properties {
	}

	class ProxyConfig {
		constructor(properties?: livekit.ProxyConfig.$Properties);
		$unknowns?: Uint8Array[];
		url: string;
		username: string;
		password: string;
		static create(properties: livekit.ProxyConfig.$Shape): livekit.ProxyConfig & livekit.ProxyConfig.$Shape;
		static create(properties?: livekit.ProxyConfig.$Properties): livekit.ProxyConfig;
		static encode(message: livekit.ProxyConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ProxyConfig & livekit.ProxyConfig.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ProxyConfig {
		interface $Properties {
			url?: (string|null);
			username?: (string|null);
			password?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ProxyConfig.$Properties;
	}

	interface IListEgressRequest extends livekit.ListEgressRequest.$Properties {
	}

	class ListEgressRequest {
		constructor(properties?: livekit.ListEgressRequest.$Properties);
		$unknowns?: Uint8Array[];
		roomName: string;
		egressId: string;
		active: boolean;
		pageToken?: (livekit.TokenPagination.$Properties|null);
		static create(properties: livekit.ListEgressRequest.$Shape): livekit.ListEgressRequest & livekit.ListEgressRequest.$Shape;
		static create(properties?: livekit.ListEgressRequest.$Properties): livekit.ListEgressRequest;
		static encode(message: livekit.ListEgressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListEgressRequest & livekit.ListEgressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListEgressRequest {
		interface $Properties {
			roomName?: (string|null);
			egressId?: (string|null);
			active?: (boolean|null);
			pageToken?: (livekit.TokenPagination.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListEgressRequest.$Properties;
	}

	interface IListEgressResponse extends livekit.ListEgressResponse.$Properties {
	}

	class ListEgressResponse {
		constructor(properties?: livekit.ListEgressResponse.$Properties);
		$unknowns?: Uint8Array[];
		items: livekit.EgressInfo.$Properties[];
		nextPageToken?: (livekit.TokenPagination.$Properties|null);
		static create(properties: livekit.ListEgressResponse.$Shape): livekit.ListEgressResponse & livekit.ListEgressResponse.$Shape;
		static create(properties?: livekit.ListEgressResponse.$Properties): livekit.ListEgressResponse;
		static encode(message: livekit.ListEgressResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListEgressResponse & livekit.ListEgressResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListEgressResponse {
		interface $Properties {
			items?: (livekit.EgressInfo.$Properties[]|null);
			nextPageToken?: (livekit.TokenPagination.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  items?: livekit.EgressInfo.$Shape[]|null;
		  nextPageToken?: livekit.TokenPagination.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IStopEgressRequest extends livekit.StopEgressRequest.$Properties {
	}

	class StopEgressRequest {
		constructor(properties?: livekit.StopEgressRequest.$Properties);
		$unknowns?: Uint8Array[];
		egressId: string;
		static create(properties: livekit.StopEgressRequest.$Shape): livekit.StopEgressRequest & livekit.StopEgressRequest.$Shape;
		static create(properties?: livekit.StopEgressRequest.$Properties): livekit.StopEgressRequest;
		static encode(message: livekit.StopEgressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.StopEgressRequest & livekit.StopEgressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StopEgressRequest {
		interface $Properties {
			egressId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.StopEgressRequest.$Properties;
	}

	interface IEgressInfo extends livekit.EgressInfo.$Properties {
	}

	class EgressInfo {
		constructor(properties?: livekit.EgressInfo.$Properties);
		$unknowns?: Uint8Array[];
		egressId: string;
		roomId: string;
		roomName: string;
		sourceType: livekit.EgressSourceType;
		status: livekit.EgressStatus;
		startedAt: number;
		endedAt: number;
		updatedAt: number;
		egress?: (livekit.StartEgressRequest.$Properties|null);
		replay?: (livekit.ExportReplayRequest.$Properties|null);
		roomComposite?: (livekit.RoomCompositeEgressRequest.$Properties|null);
		web?: (livekit.WebEgressRequest.$Properties|null);
		participant?: (livekit.ParticipantEgressRequest.$Properties|null);
		trackComposite?: (livekit.TrackCompositeEgressRequest.$Properties|null);
		track?: (livekit.TrackEgressRequest.$Properties|null);
		streamResults: livekit.StreamInfo.$Properties[];
		fileResults: livekit.FileInfo.$Properties[];
		segmentResults: livekit.SegmentsInfo.$Properties[];
		imageResults: livekit.ImagesInfo.$Properties[];
		error: string;
		errorCode: number;
		details: string;
		manifestLocation: string;
		backupStorageUsed: boolean;
		retryCount: number;
		stream?: (livekit.StreamInfoList.$Properties|null);
		file?: (livekit.FileInfo.$Properties|null);
		segments?: (livekit.SegmentsInfo.$Properties|null);
		request?: ("egress"|"replay"|"roomComposite"|"web"|"participant"|"trackComposite"|"track");
		result?: ("stream"|"file"|"segments");
		static create(properties: livekit.EgressInfo.$Shape): livekit.EgressInfo & livekit.EgressInfo.$Shape;
		static create(properties?: livekit.EgressInfo.$Properties): livekit.EgressInfo;
		static encode(message: livekit.EgressInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.EgressInfo & livekit.EgressInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace EgressInfo {
		interface $Properties {
			egressId?: (string|null);
			roomId?: (string|null);
			roomName?: (string|null);
			sourceType?: (livekit.EgressSourceType|null);
			status?: (livekit.EgressStatus|null);
			startedAt?: (number|null);
			endedAt?: (number|null);
			updatedAt?: (number|null);
			egress?: (livekit.StartEgressRequest.$Properties|null);
			replay?: (livekit.ExportReplayRequest.$Properties|null);
			roomComposite?: (livekit.RoomCompositeEgressRequest.$Properties|null);
			web?: (livekit.WebEgressRequest.$Properties|null);
			participant?: (livekit.ParticipantEgressRequest.$Properties|null);
			trackComposite?: (livekit.TrackCompositeEgressRequest.$Properties|null);
			track?: (livekit.TrackEgressRequest.$Properties|null);
			streamResults?: (livekit.StreamInfo.$Properties[]|null);
			fileResults?: (livekit.FileInfo.$Properties[]|null);
			segmentResults?: (livekit.SegmentsInfo.$Properties[]|null);
			imageResults?: (livekit.ImagesInfo.$Properties[]|null);
			error?: (string|null);
			errorCode?: (number|null);
			details?: (string|null);
			manifestLocation?: (string|null);
			backupStorageUsed?: (boolean|null);
			retryCount?: (number|null);
			stream?: (livekit.StreamInfoList.$Properties|null);
			file?: (livekit.FileInfo.$Properties|null);
			segments?: (livekit.SegmentsInfo.$Properties|null);
			request?: ("egress"|"replay"|"roomComposite"|"web"|"participant"|"trackComposite"|"track");
			result?: ("stream"|"file"|"segments");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  egressId?: string|null;
		  roomId?: string|null;
		  roomName?: string|null;
		  sourceType?: livekit.EgressSourceType|null;
		  status?: livekit.EgressStatus|null;
		  startedAt?: number|null;
		  endedAt?: number|null;
		  updatedAt?: number|null;
		  egress?: livekit.StartEgressRequest.$Shape|null;
		  replay?: livekit.ExportReplayRequest.$Shape|null;
		  roomComposite?: livekit.RoomCompositeEgressRequest.$Shape|null;
		  web?: livekit.WebEgressRequest.$Shape|null;
		  participant?: livekit.ParticipantEgressRequest.$Shape|null;
		  trackComposite?: livekit.TrackCompositeEgressRequest.$Shape|null;
		  track?: livekit.TrackEgressRequest.$Shape|null;
		  streamResults?: livekit.StreamInfo.$Shape[]|null;
		  fileResults?: livekit.FileInfo.$Shape[]|null;
		  segmentResults?: livekit.SegmentsInfo.$Shape[]|null;
		  imageResults?: livekit.ImagesInfo.$Shape[]|null;
		  error?: string|null;
		  errorCode?: number|null;
		  details?: string|null;
		  manifestLocation?: string|null;
		  backupStorageUsed?: boolean|null;
		  retryCount?: number|null;
		  stream?: livekit.StreamInfoList.$Shape|null;
		  file?: livekit.FileInfo.$Shape|null;
		  segments?: livekit.SegmentsInfo.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ request?: undefined; egress?: null; replay?: null; roomComposite?: null; web?: null; participant?: null; trackComposite?: null; track?: null }|{ request?: "egress"; egress: livekit.StartEgressRequest.$Shape; replay?: null; roomComposite?: null; web?: null; participant?: null; trackComposite?: null; track?: null }|{ request?: "replay"; egress?: null; replay: livekit.ExportReplayRequest.$Shape; roomComposite?: null; web?: null; participant?: null; trackComposite?: null; track?: null }|{ request?: "roomComposite"; egress?: null; replay?: null; roomComposite: livekit.RoomCompositeEgressRequest.$Shape; web?: null; participant?: null; trackComposite?: null; track?: null }|{ request?: "web"; egress?: null; replay?: null; roomComposite?: null; web: livekit.WebEgressRequest.$Shape; participant?: null; trackComposite?: null; track?: null }|{ request?: "participant"; egress?: null; replay?: null; roomComposite?: null; web?: null; participant: livekit.ParticipantEgressRequest.$Shape; trackComposite?: null; track?: null }|{ request?: "trackComposite"; egress?: null; replay?: null; roomComposite?: null; web?: null; participant?: null; trackComposite: livekit.TrackCompositeEgressRequest.$Shape; track?: null }|{ request?: "track"; egress?: null; replay?: null; roomComposite?: null; web?: null; participant?: null; trackComposite?: null; track: livekit.TrackEgressRequest.$Shape })
		) & (
		  ({ result?: undefined; stream?: null; file?: null; segments?: null }|{ result?: "stream"; stream: livekit.StreamInfoList.$Shape; file?: null; segments?: null }|{ result?: "file"; stream?: null; file: livekit.FileInfo.$Shape; segments?: null }|{ result?: "segments"; stream?: null; file?: null; segments: livekit.SegmentsInfo.$Shape })
		);
	}

	interface IStreamInfo extends livekit.StreamInfo.$Properties {
	}

	class StreamInfo {
		constructor(properties?: livekit.StreamInfo.$Properties);
		$unknowns?: Uint8Array[];
		url: string;
		startedAt: number;
		endedAt: number;
		duration: number;
		status: livekit.StreamInfo.Status;
		error: string;
		lastRetryAt: number;
		retries: number;
		id: string;
		static create(properties: livekit.StreamInfo.$Shape): livekit.StreamInfo & livekit.StreamInfo.$Shape;
		static create(properties?: livekit.StreamInfo.$Properties): livekit.StreamInfo;
		static encode(message: livekit.StreamInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.StreamInfo & livekit.StreamInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StreamInfo {
		interface $Properties {
			url?: (string|null);
			startedAt?: (number|null);
			endedAt?: (number|null);
			duration?: (number|null);
			status?: (livekit.StreamInfo.Status|null);
			error?: (string|null);
			lastRetryAt?: (number|null);
			retries?: (number|null);
			id?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.StreamInfo.$Properties;

		enum Status {
			ACTIVE = 0,
			FINISHED = 1,
			FAILED = 2
		}
	}

	interface IFileInfo extends livekit.FileInfo.$Properties {
	}

	class FileInfo {
		constructor(properties?: livekit.FileInfo.$Properties);
		$unknowns?: Uint8Array[];
		filename: string;
		startedAt: number;
		endedAt: number;
		duration: number;
		size: number;
		location: string;
		static create(properties: livekit.FileInfo.$Shape): livekit.FileInfo & livekit.FileInfo.$Shape;
		static create(properties?: livekit.FileInfo.$Properties): livekit.FileInfo;
		static encode(message: livekit.FileInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.FileInfo & livekit.FileInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace FileInfo {
		interface $Properties {
			filename?: (string|null);
			startedAt?: (number|null);
			endedAt?: (number|null);
			duration?: (number|null);
			size?: (number|null);
			location?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.FileInfo.$Properties;
	}

	interface ISegmentsInfo extends livekit.SegmentsInfo.$Properties {
	}

	class SegmentsInfo {
		constructor(properties?: livekit.SegmentsInfo.$Properties);
		$unknowns?: Uint8Array[];
		playlistName: string;
		livePlaylistName: string;
		duration: number;
		size: number;
		playlistLocation: string;
		livePlaylistLocation: string;
		segmentCount: number;
		startedAt: number;
		endedAt: number;
		static create(properties: livekit.SegmentsInfo.$Shape): livekit.SegmentsInfo & livekit.SegmentsInfo.$Shape;
		static create(properties?: livekit.SegmentsInfo.$Properties): livekit.SegmentsInfo;
		static encode(message: livekit.SegmentsInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SegmentsInfo & livekit.SegmentsInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SegmentsInfo {
		interface $Properties {
			playlistName?: (string|null);
			livePlaylistName?: (string|null);
			duration?: (number|null);
			size?: (number|null);
			playlistLocation?: (string|null);
			livePlaylistLocation?: (string|null);
			segmentCount?: (number|null);
			startedAt?: (number|null);
			endedAt?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SegmentsInfo.$Properties;
	}

	interface IImagesInfo extends livekit.ImagesInfo.$Properties {
	}

	class ImagesInfo {
		constructor(properties?: livekit.ImagesInfo.$Properties);
		$unknowns?: Uint8Array[];
		filenamePrefix: string;
		imageCount: number;
		startedAt: number;
		endedAt: number;
		static create(properties: livekit.ImagesInfo.$Shape): livekit.ImagesInfo & livekit.ImagesInfo.$Shape;
		static create(properties?: livekit.ImagesInfo.$Properties): livekit.ImagesInfo;
		static encode(message: livekit.ImagesInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ImagesInfo & livekit.ImagesInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ImagesInfo {
		interface $Properties {
			filenamePrefix?: (string|null);
			imageCount?: (number|null);
			startedAt?: (number|null);
			endedAt?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ImagesInfo.$Properties;
	}

	interface IAutoParticipantEgress extends livekit.AutoParticipantEgress.$Properties {
	}

	class AutoParticipantEgress {
		constructor(properties?: livekit.AutoParticipantEgress.$Properties);
		$unknowns?: Uint8Array[];
		preset?: (livekit.EncodingOptionsPreset|null);
		advanced?: (livekit.EncodingOptions.$Properties|null);
		fileOutputs: livekit.EncodedFileOutput.$Properties[];
		segmentOutputs: livekit.SegmentedFileOutput.$Properties[];
		options?: ("preset"|"advanced");
		static create(properties: livekit.AutoParticipantEgress.$Shape): livekit.AutoParticipantEgress & livekit.AutoParticipantEgress.$Shape;
		static create(properties?: livekit.AutoParticipantEgress.$Properties): livekit.AutoParticipantEgress;
		static encode(message: livekit.AutoParticipantEgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AutoParticipantEgress & livekit.AutoParticipantEgress.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AutoParticipantEgress {
		interface $Properties {
			preset?: (livekit.EncodingOptionsPreset|null);
			advanced?: (livekit.EncodingOptions.$Properties|null);
			fileOutputs?: (livekit.EncodedFileOutput.$Properties[]|null);
			segmentOutputs?: (livekit.SegmentedFileOutput.$Properties[]|null);
			options?: ("preset"|"advanced");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  preset?: livekit.EncodingOptionsPreset|null;
		  advanced?: livekit.EncodingOptions.$Shape|null;
		  fileOutputs?: livekit.EncodedFileOutput.$Shape[]|null;
		  segmentOutputs?: livekit.SegmentedFileOutput.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ options?: undefined; preset?: null; advanced?: null }|{ options?: "preset"; preset: livekit.EncodingOptionsPreset; advanced?: null }|{ options?: "advanced"; preset?: null; advanced: livekit.EncodingOptions.$Shape })
		);
	}

	interface IAutoTrackEgress extends livekit.AutoTrackEgress.$Properties {
	}

	class AutoTrackEgress {
		constructor(properties?: livekit.AutoTrackEgress.$Properties);
		$unknowns?: Uint8Array[];
		filepath: string;
		disableManifest: boolean;
		s3?: (livekit.S3Upload.$Properties|null);
		gcp?: (livekit.GCPUpload.$Properties|null);
		azure?: (livekit.AzureBlobUpload.$Properties|null);
		aliOSS?: (livekit.AliOSSUpload.$Properties|null);
		output?: ("s3"|"gcp"|"azure"|"aliOSS");
		static create(properties: livekit.AutoTrackEgress.$Shape): livekit.AutoTrackEgress & livekit.AutoTrackEgress.$Shape;
		static create(properties?: livekit.AutoTrackEgress.$Properties): livekit.AutoTrackEgress;
		static encode(message: livekit.AutoTrackEgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AutoTrackEgress & livekit.AutoTrackEgress.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AutoTrackEgress {
		interface $Properties {
			filepath?: (string|null);
			disableManifest?: (boolean|null);
			s3?: (livekit.S3Upload.$Properties|null);
			gcp?: (livekit.GCPUpload.$Properties|null);
			azure?: (livekit.AzureBlobUpload.$Properties|null);
			aliOSS?: (livekit.AliOSSUpload.$Properties|null);
			output?: ("s3"|"gcp"|"azure"|"aliOSS");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  filepath?: string|null;
		  disableManifest?: boolean|null;
		  s3?: livekit.S3Upload.$Shape|null;
		  gcp?: livekit.GCPUpload.$Shape|null;
		  azure?: livekit.AzureBlobUpload.$Shape|null;
		  aliOSS?: livekit.AliOSSUpload.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ output?: undefined; s3?: null; gcp?: null; azure?: null; aliOSS?: null }|{ output?: "s3"; s3: livekit.S3Upload.$Shape; gcp?: null; azure?: null; aliOSS?: null }|{ output?: "gcp"; s3?: null; gcp: livekit.GCPUpload.$Shape; azure?: null; aliOSS?: null }|{ output?: "azure"; s3?: null; gcp?: null; azure: livekit.AzureBlobUpload.$Shape; aliOSS?: null }|{ output?: "aliOSS"; s3?: null; gcp?: null; azure?: null; aliOSS: livekit.AliOSSUpload.$Shape })
		);
	}

	interface IExportReplayRequest extends livekit.ExportReplayRequest.$Properties {
	}

	class ExportReplayRequest {
		constructor(properties?: livekit.ExportReplayRequest.$Properties);
		$unknowns?: Uint8Array[];
		replayId: string;
		startOffsetMs: number;
		endOffsetMs: number;
		template?: (livekit.TemplateSource.$Properties|null);
		web?: (livekit.WebSource.$Properties|null);
		media?: (livekit.MediaSource.$Properties|null);
		preset?: (livekit.EncodingOptionsPreset|null);
		advanced?: (livekit.EncodingOptions.$Properties|null);
		outputs: livekit.Output.$Properties[];
		storage?: (livekit.StorageConfig.$Properties|null);
		webhooks: livekit.WebhookConfig.$Properties[];
		source?: ("template"|"web"|"media");
		encoding?: ("preset"|"advanced");
		static create(properties: livekit.ExportReplayRequest.$Shape): livekit.ExportReplayRequest & livekit.ExportReplayRequest.$Shape;
		static create(properties?: livekit.ExportReplayRequest.$Properties): livekit.ExportReplayRequest;
		static encode(message: livekit.ExportReplayRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ExportReplayRequest & livekit.ExportReplayRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ExportReplayRequest {
		interface $Properties {
			replayId?: (string|null);
			startOffsetMs?: (number|null);
			endOffsetMs?: (number|null);
			template?: (livekit.TemplateSource.$Properties|null);
			web?: (livekit.WebSource.$Properties|null);
			media?: (livekit.MediaSource.$Properties|null);
			preset?: (livekit.EncodingOptionsPreset|null);
			advanced?: (livekit.EncodingOptions.$Properties|null);
			outputs?: (livekit.Output.$Properties[]|null);
			storage?: (livekit.StorageConfig.$Properties|null);
			webhooks?: (livekit.WebhookConfig.$Properties[]|null);
			source?: ("template"|"web"|"media");
			encoding?: ("preset"|"advanced");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  replayId?: string|null;
		  startOffsetMs?: number|null;
		  endOffsetMs?: number|null;
		  template?: livekit.TemplateSource.$Shape|null;
		  web?: livekit.WebSource.$Shape|null;
		  media?: livekit.MediaSource.$Shape|null;
		  preset?: livekit.EncodingOptionsPreset|null;
		  advanced?: livekit.EncodingOptions.$Shape|null;
		  outputs?: livekit.Output.$Shape[]|null;
		  storage?: livekit.StorageConfig.$Shape|null;
		  webhooks?: livekit.WebhookConfig.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ source?: undefined; template?: null; web?: null; media?: null }|{ source?: "template"; template: livekit.TemplateSource.$Shape; web?: null; media?: null }|{ source?: "web"; template?: null; web: livekit.WebSource.$Shape; media?: null }|{ source?: "media"; template?: null; web?: null; media: livekit.MediaSource.$Shape })
		) & (
		  ({ encoding?: undefined; preset?: null; advanced?: null }|{ encoding?: "preset"; preset: livekit.EncodingOptionsPreset; advanced?: null }|{ encoding?: "advanced"; preset?: null; advanced: livekit.EncodingOptions.$Shape })
		);
	}

	interface IRoomCompositeEgressRequest extends livekit.RoomCompositeEgressRequest.$Properties {
	}

	class RoomCompositeEgressRequest {
		constructor(properties?: livekit.RoomCompositeEgressRequest.$Properties);
		$unknowns?: Uint8Array[];
		roomName: string;
		layout: string;
		audioOnly: boolean;
		audioMixing: livekit.AudioMixing;
		videoOnly: boolean;
		customBaseUrl: string;
		file?: (livekit.EncodedFileOutput.$Properties|null);
		stream?: (livekit.StreamOutput.$Properties|null);
		segments?: (livekit.SegmentedFileOutput.$Properties|null);
		preset?: (livekit.EncodingOptionsPreset|null);
		advanced?: (livekit.EncodingOptions.$Properties|null);
		fileOutputs: livekit.EncodedFileOutput.$Properties[];
		streamOutputs: livekit.StreamOutput.$Properties[];
		segmentOutputs: livekit.SegmentedFileOutput.$Properties[];
		imageOutputs: livekit.ImageOutput.$Properties[];
		webhooks: livekit.WebhookConfig.$Properties[];
		output?: ("file"|"stream"|"segments");
		options?: ("preset"|"advanced");
		static create(properties: livekit.RoomCompositeEgressRequest.$Shape): livekit.RoomCompositeEgressRequest & livekit.RoomCompositeEgressRequest.$Shape;
		static create(properties?: livekit.RoomCompositeEgressRequest.$Properties): livekit.RoomCompositeEgressRequest;
		static encode(message: livekit.RoomCompositeEgressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RoomCompositeEgressRequest & livekit.RoomCompositeEgressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RoomCompositeEgressRequest {
		interface $Properties {
			roomName?: (string|null);
			layout?: (string|null);
			audioOnly?: (boolean|null);
			audioMixing?: (livekit.AudioMixing|null);
			videoOnly?: (boolean|null);
			customBaseUrl?: (string|null);
			file?: (livekit.EncodedFileOutput.$Properties|null);
			stream?: (livekit.StreamOutput.$Properties|null);
			segments?: (livekit.SegmentedFileOutput.$Properties|null);
			preset?: (livekit.EncodingOptionsPreset|null);
			advanced?: (livekit.EncodingOptions.$Properties|null);
			fileOutputs?: (livekit.EncodedFileOutput.$Properties[]|null);
			streamOutputs?: (livekit.StreamOutput.$Properties[]|null);
			segmentOutputs?: (livekit.SegmentedFileOutput.$Properties[]|null);
			imageOutputs?: (livekit.ImageOutput.$Properties[]|null);
			webhooks?: (livekit.WebhookConfig.$Properties[]|null);
			output?: ("file"|"stream"|"segments");
			options?: ("preset"|"advanced");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  roomName?: string|null;
		  layout?: string|null;
		  audioOnly?: boolean|null;
		  audioMixing?: livekit.AudioMixing|null;
		  videoOnly?: boolean|null;
		  customBaseUrl?: string|null;
		  file?: livekit.EncodedFileOutput.$Shape|null;
		  stream?: livekit.StreamOutput.$Shape|null;
		  segments?: livekit.SegmentedFileOutput.$Shape|null;
		  preset?: livekit.EncodingOptionsPreset|null;
		  advanced?: livekit.EncodingOptions.$Shape|null;
		  fileOutputs?: livekit.EncodedFileOutput.$Shape[]|null;
		  streamOutputs?: livekit.StreamOutput.$Shape[]|null;
		  segmentOutputs?: livekit.SegmentedFileOutput.$Shape[]|null;
		  imageOutputs?: livekit.ImageOutput.$Shape[]|null;
		  webhooks?: livekit.WebhookConfig.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ output?: undefined; file?: null; stream?: null; segments?: null }|{ output?: "file"; file: livekit.EncodedFileOutput.$Shape; stream?: null; segments?: null }|{ output?: "stream"; file?: null; stream: livekit.StreamOutput.$Shape; segments?: null }|{ output?: "segments"; file?: null; stream?: null; segments: livekit.SegmentedFileOutput.$Shape })
		) & (
		  ({ options?: undefined; preset?: null; advanced?: null }|{ options?: "preset"; preset: livekit.EncodingOptionsPreset; advanced?: null }|{ options?: "advanced"; preset?: null; advanced: livekit.EncodingOptions.$Shape })
		);
	}

	interface IWebEgressRequest extends livekit.WebEgressRequest.$Properties {
	}

	class WebEgressRequest {
		constructor(properties?: livekit.WebEgressRequest.$Properties);
		$unknowns?: Uint8Array[];
		url: string;
		audioOnly: boolean;
		videoOnly: boolean;
		awaitStartSignal: boolean;
		file?: (livekit.EncodedFileOutput.$Properties|null);
		stream?: (livekit.StreamOutput.$Properties|null);
		segments?: (livekit.SegmentedFileOutput.$Properties|null);
		preset?: (livekit.EncodingOptionsPreset|null);
		advanced?: (livekit.EncodingOptions.$Properties|null);
		fileOutputs: livekit.EncodedFileOutput.$Properties[];
		streamOutputs: livekit.StreamOutput.$Properties[];
		segmentOutputs: livekit.SegmentedFileOutput.$Properties[];
		imageOutputs: livekit.ImageOutput.$Properties[];
		webhooks: livekit.WebhookConfig.$Properties[];
		output?: ("file"|"stream"|"segments");
		options?: ("preset"|"advanced");
		static create(properties: livekit.WebEgressRequest.$Shape): livekit.WebEgressRequest & livekit.WebEgressRequest.$Shape;
		static create(properties?: livekit.WebEgressRequest.$Properties): livekit.WebEgressRequest;
		static encode(message: livekit.WebEgressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.WebEgressRequest & livekit.WebEgressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WebEgressRequest {
		interface $Properties {
			url?: (string|null);
			audioOnly?: (boolean|null);
			videoOnly?: (boolean|null);
			awaitStartSignal?: (boolean|null);
			file?: (livekit.EncodedFileOutput.$Properties|null);
			stream?: (livekit.StreamOutput.$Properties|null);
			segments?: (livekit.SegmentedFileOutput.$Properties|null);
			preset?: (livekit.EncodingOptionsPreset|null);
			advanced?: (livekit.EncodingOptions.$Properties|null);
			fileOutputs?: (livekit.EncodedFileOutput.$Properties[]|null);
			streamOutputs?: (livekit.StreamOutput.$Properties[]|null);
			segmentOutputs?: (livekit.SegmentedFileOutput.$Properties[]|null);
			imageOutputs?: (livekit.ImageOutput.$Properties[]|null);
			webhooks?: (livekit.WebhookConfig.$Properties[]|null);
			output?: ("file"|"stream"|"segments");
			options?: ("preset"|"advanced");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  url?: string|null;
		  audioOnly?: boolean|null;
		  videoOnly?: boolean|null;
		  awaitStartSignal?: boolean|null;
		  file?: livekit.EncodedFileOutput.$Shape|null;
		  stream?: livekit.StreamOutput.$Shape|null;
		  segments?: livekit.SegmentedFileOutput.$Shape|null;
		  preset?: livekit.EncodingOptionsPreset|null;
		  advanced?: livekit.EncodingOptions.$Shape|null;
		  fileOutputs?: livekit.EncodedFileOutput.$Shape[]|null;
		  streamOutputs?: livekit.StreamOutput.$Shape[]|null;
		  segmentOutputs?: livekit.SegmentedFileOutput.$Shape[]|null;
		  imageOutputs?: livekit.ImageOutput.$Shape[]|null;
		  webhooks?: livekit.WebhookConfig.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ output?: undefined; file?: null; stream?: null; segments?: null }|{ output?: "file"; file: livekit.EncodedFileOutput.$Shape; stream?: null; segments?: null }|{ output?: "stream"; file?: null; stream: livekit.StreamOutput.$Shape; segments?: null }|{ output?: "segments"; file?: null; stream?: null; segments: livekit.SegmentedFileOutput.$Shape })
		) & (
		  ({ options?: undefined; preset?: null; advanced?: null }|{ options?: "preset"; preset: livekit.EncodingOptionsPreset; advanced?: null }|{ options?: "advanced"; preset?: null; advanced: livekit.EncodingOptions.$Shape })
		);
	}

	interface IParticipantEgressRequest extends livekit.ParticipantEgressRequest.$Properties {
	}

	class ParticipantEgressRequest {
		constructor(properties?: livekit.ParticipantEgressRequest.$Properties);
		$unknowns?: Uint8Array[];
		roomName: string;
		identity: string;
		screenShare: boolean;
		preset?: (livekit.EncodingOptionsPreset|null);
		advanced?: (livekit.EncodingOptions.$Properties|null);
		fileOutputs: livekit.EncodedFileOutput.$Properties[];
		streamOutputs: livekit.StreamOutput.$Properties[];
		segmentOutputs: livekit.SegmentedFileOutput.$Properties[];
		imageOutputs: livekit.ImageOutput.$Properties[];
		webhooks: livekit.WebhookConfig.$Properties[];
		options?: ("preset"|"advanced");
		static create(properties: livekit.ParticipantEgressRequest.$Shape): livekit.ParticipantEgressRequest & livekit.ParticipantEgressRequest.$Shape;
		static create(properties?: livekit.ParticipantEgressRequest.$Properties): livekit.ParticipantEgressRequest;
		static encode(message: livekit.ParticipantEgressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ParticipantEgressRequest & livekit.ParticipantEgressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ParticipantEgressRequest {
		interface $Properties {
			roomName?: (string|null);
			identity?: (string|null);
			screenShare?: (boolean|null);
			preset?: (livekit.EncodingOptionsPreset|null);
			advanced?: (livekit.EncodingOptions.$Properties|null);
			fileOutputs?: (livekit.EncodedFileOutput.$Properties[]|null);
			streamOutputs?: (livekit.StreamOutput.$Properties[]|null);
			segmentOutputs?: (livekit.SegmentedFileOutput.$Properties[]|null);
			imageOutputs?: (livekit.ImageOutput.$Properties[]|null);
			webhooks?: (livekit.WebhookConfig.$Properties[]|null);
			options?: ("preset"|"advanced");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  roomName?: string|null;
		  identity?: string|null;
		  screenShare?: boolean|null;
		  preset?: livekit.EncodingOptionsPreset|null;
		  advanced?: livekit.EncodingOptions.$Shape|null;
		  fileOutputs?: livekit.EncodedFileOutput.$Shape[]|null;
		  streamOutputs?: livekit.StreamOutput.$Shape[]|null;
		  segmentOutputs?: livekit.SegmentedFileOutput.$Shape[]|null;
		  imageOutputs?: livekit.ImageOutput.$Shape[]|null;
		  webhooks?: livekit.WebhookConfig.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ options?: undefined; preset?: null; advanced?: null }|{ options?: "preset"; preset: livekit.EncodingOptionsPreset; advanced?: null }|{ options?: "advanced"; preset?: null; advanced: livekit.EncodingOptions.$Shape })
		);
	}

	interface ITrackCompositeEgressRequest extends livekit.TrackCompositeEgressRequest.$Properties {
	}

	class TrackCompositeEgressRequest {
		constructor(properties?: livekit.TrackCompositeEgressRequest.$Properties);
		$unknowns?: Uint8Array[];
		roomName: string;
		audioTrackId: string;
		videoTrackId: string;
		file?: (livekit.EncodedFileOutput.$Properties|null);
		stream?: (livekit.StreamOutput.$Properties|null);
		segments?: (livekit.SegmentedFileOutput.$Properties|null);
		preset?: (livekit.EncodingOptionsPreset|null);
		advanced?: (livekit.EncodingOptions.$Properties|null);
		fileOutputs: livekit.EncodedFileOutput.$Properties[];
		streamOutputs: livekit.StreamOutput.$Properties[];
		segmentOutputs: livekit.SegmentedFileOutput.$Properties[];
		imageOutputs: livekit.ImageOutput.$Properties[];
		webhooks: livekit.WebhookConfig.$Properties[];
		output?: ("file"|"stream"|"segments");
		options?: ("preset"|"advanced");
		static create(properties: livekit.TrackCompositeEgressRequest.$Shape): livekit.TrackCompositeEgressRequest & livekit.TrackCompositeEgressRequest.$Shape;
		static create(properties?: livekit.TrackCompositeEgressRequest.$Properties): livekit.TrackCompositeEgressRequest;
		static encode(message: livekit.TrackCompositeEgressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TrackCompositeEgressRequest & livekit.TrackCompositeEgressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TrackCompositeEgressRequest {
		interface $Properties {
			roomName?: (string|null);
			audioTrackId?: (string|null);
			videoTrackId?: (string|null);
			file?: (livekit.EncodedFileOutput.$Properties|null);
			stream?: (livekit.StreamOutput.$Properties|null);
			segments?: (livekit.SegmentedFileOutput.$Properties|null);
			preset?: (livekit.EncodingOptionsPreset|null);
			advanced?: (livekit.EncodingOptions.$Properties|null);
			fileOutputs?: (livekit.EncodedFileOutput.$Properties[]|null);
			streamOutputs?: (livekit.StreamOutput.$Properties[]|null);
			segmentOutputs?: (livekit.SegmentedFileOutput.$Properties[]|null);
			imageOutputs?: (livekit.ImageOutput.$Properties[]|null);
			webhooks?: (livekit.WebhookConfig.$Properties[]|null);
			output?: ("file"|"stream"|"segments");
			options?: ("preset"|"advanced");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  roomName?: string|null;
		  audioTrackId?: string|null;
		  videoTrackId?: string|null;
		  file?: livekit.EncodedFileOutput.$Shape|null;
		  stream?: livekit.StreamOutput.$Shape|null;
		  segments?: livekit.SegmentedFileOutput.$Shape|null;
		  preset?: livekit.EncodingOptionsPreset|null;
		  advanced?: livekit.EncodingOptions.$Shape|null;
		  fileOutputs?: livekit.EncodedFileOutput.$Shape[]|null;
		  streamOutputs?: livekit.StreamOutput.$Shape[]|null;
		  segmentOutputs?: livekit.SegmentedFileOutput.$Shape[]|null;
		  imageOutputs?: livekit.ImageOutput.$Shape[]|null;
		  webhooks?: livekit.WebhookConfig.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ output?: undefined; file?: null; stream?: null; segments?: null }|{ output?: "file"; file: livekit.EncodedFileOutput.$Shape; stream?: null; segments?: null }|{ output?: "stream"; file?: null; stream: livekit.StreamOutput.$Shape; segments?: null }|{ output?: "segments"; file?: null; stream?: null; segments: livekit.SegmentedFileOutput.$Shape })
		) & (
		  ({ options?: undefined; preset?: null; advanced?: null }|{ options?: "preset"; preset: livekit.EncodingOptionsPreset; advanced?: null }|{ options?: "advanced"; preset?: null; advanced: livekit.EncodingOptions.$Shape })
		);
	}

	interface ITrackEgressRequest extends livekit.TrackEgressRequest.$Properties {
	}

	class TrackEgressRequest {
		constructor(properties?: livekit.TrackEgressRequest.$Properties);
		$unknowns?: Uint8Array[];
		roomName: string;
		trackId: string;
		file?: (livekit.DirectFileOutput.$Properties|null);
		websocketUrl?: (string|null);
		webhooks: livekit.WebhookConfig.$Properties[];
		output?: ("file"|"websocketUrl");
		static create(properties: livekit.TrackEgressRequest.$Shape): livekit.TrackEgressRequest & livekit.TrackEgressRequest.$Shape;
		static create(properties?: livekit.TrackEgressRequest.$Properties): livekit.TrackEgressRequest;
		static encode(message: livekit.TrackEgressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TrackEgressRequest & livekit.TrackEgressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TrackEgressRequest {
		interface $Properties {
			roomName?: (string|null);
			trackId?: (string|null);
			file?: (livekit.DirectFileOutput.$Properties|null);
			websocketUrl?: (string|null);
			webhooks?: (livekit.WebhookConfig.$Properties[]|null);
			output?: ("file"|"websocketUrl");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  roomName?: string|null;
		  trackId?: string|null;
		  file?: livekit.DirectFileOutput.$Shape|null;
		  websocketUrl?: string|null;
		  webhooks?: livekit.WebhookConfig.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ output?: undefined; file?: null; websocketUrl?: null }|{ output?: "file"; file: livekit.DirectFileOutput.$Shape; websocketUrl?: null }|{ output?: "websocketUrl"; file?: null; websocketUrl: string })
		);
	}

	interface IDirectFileOutput extends livekit.DirectFileOutput.$Properties {
	}

	class DirectFileOutput {
		constructor(properties?: livekit.DirectFileOutput.$Properties);
		$unknowns?: Uint8Array[];
		filepath: string;
		disableManifest: boolean;
		s3?: (livekit.S3Upload.$Properties|null);
		gcp?: (livekit.GCPUpload.$Properties|null);
		azure?: (livekit.AzureBlobUpload.$Properties|null);
		aliOSS?: (livekit.AliOSSUpload.$Properties|null);
		output?: ("s3"|"gcp"|"azure"|"aliOSS");
		static create(properties: livekit.DirectFileOutput.$Shape): livekit.DirectFileOutput & livekit.DirectFileOutput.$Shape;
		static create(properties?: livekit.DirectFileOutput.$Properties): livekit.DirectFileOutput;
		static encode(message: livekit.DirectFileOutput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DirectFileOutput & livekit.DirectFileOutput.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DirectFileOutput {
		interface $Properties {
			filepath?: (string|null);
			disableManifest?: (boolean|null);
			s3?: (livekit.S3Upload.$Properties|null);
			gcp?: (livekit.GCPUpload.$Properties|null);
			azure?: (livekit.AzureBlobUpload.$Properties|null);
			aliOSS?: (livekit.AliOSSUpload.$Properties|null);
			output?: ("s3"|"gcp"|"azure"|"aliOSS");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  filepath?: string|null;
		  disableManifest?: boolean|null;
		  s3?: livekit.S3Upload.$Shape|null;
		  gcp?: livekit.GCPUpload.$Shape|null;
		  azure?: livekit.AzureBlobUpload.$Shape|null;
		  aliOSS?: livekit.AliOSSUpload.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ output?: undefined; s3?: null; gcp?: null; azure?: null; aliOSS?: null }|{ output?: "s3"; s3: livekit.S3Upload.$Shape; gcp?: null; azure?: null; aliOSS?: null }|{ output?: "gcp"; s3?: null; gcp: livekit.GCPUpload.$Shape; azure?: null; aliOSS?: null }|{ output?: "azure"; s3?: null; gcp?: null; azure: livekit.AzureBlobUpload.$Shape; aliOSS?: null }|{ output?: "aliOSS"; s3?: null; gcp?: null; azure?: null; aliOSS: livekit.AliOSSUpload.$Shape })
		);
	}

	interface IEncodedFileOutput extends livekit.EncodedFileOutput.$Properties {
	}

	class EncodedFileOutput {
		constructor(properties?: livekit.EncodedFileOutput.$Properties);
		$unknowns?: Uint8Array[];
		fileType: livekit.EncodedFileType;
		filepath: string;
		disableManifest: boolean;
		s3?: (livekit.S3Upload.$Properties|null);
		gcp?: (livekit.GCPUpload.$Properties|null);
		azure?: (livekit.AzureBlobUpload.$Properties|null);
		aliOSS?: (livekit.AliOSSUpload.$Properties|null);
		output?: ("s3"|"gcp"|"azure"|"aliOSS");
		static create(properties: livekit.EncodedFileOutput.$Shape): livekit.EncodedFileOutput & livekit.EncodedFileOutput.$Shape;
		static create(properties?: livekit.EncodedFileOutput.$Properties): livekit.EncodedFileOutput;
		static encode(message: livekit.EncodedFileOutput.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.EncodedFileOutput & livekit.EncodedFileOutput.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace EncodedFileOutput {
		interface $Properties {
			fileType?: (livekit.EncodedFileType|null);
			filepath?: (string|null);
			disableManifest?: (boolean|null);
			s3?: (livekit.S3Upload.$Properties|null);
			gcp?: (livekit.GCPUpload.$Properties|null);
			azure?: (livekit.AzureBlobUpload.$Properties|null);
			aliOSS?: (livekit.AliOSSUpload.$Properties|null);
			output?: ("s3"|"gcp"|"azure"|"aliOSS");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  fileType?: livekit.EncodedFileType|null;
		  filepath?: string|null;
		  disableManifest?: boolean|null;
		  s3?: livekit.S3Upload.$Shape|null;
		  gcp?: livekit.GCPUpload.$Shape|null;
		  azure?: livekit.AzureBlobUpload.$Shape|null;
		  aliOSS?: livekit.AliOSSUpload.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ output?: undefined; s3?: null; gcp?: null; azure?: null; aliOSS?: null }|{ output?: "s3"; s3: livekit.S3Upload.$Shape; gcp?: null; azure?: null; aliOSS?: null }|{ output?: "gcp"; s3?: null; gcp: livekit.GCPUpload.$Shape; azure?: null; aliOSS?: null }|{ output?: "azure"; s3?: null; gcp?: null; azure: livekit.AzureBlobUpload.$Shape; aliOSS?: null }|{ output?: "aliOSS"; s3?: null; gcp?: null; azure?: null; aliOSS: livekit.AliOSSUpload.$Shape })
		);
	}

	interface IUpdateLayoutRequest extends livekit.UpdateLayoutRequest.$Properties {
	}

	class UpdateLayoutRequest {
		constructor(properties?: livekit.UpdateLayoutRequest.$Properties);
		$unknowns?: Uint8Array[];
		egressId: string;
		layout: string;
		static create(properties: livekit.UpdateLayoutRequest.$Shape): livekit.UpdateLayoutRequest & livekit.UpdateLayoutRequest.$Shape;
		static create(properties?: livekit.UpdateLayoutRequest.$Properties): livekit.UpdateLayoutRequest;
		static encode(message: livekit.UpdateLayoutRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateLayoutRequest & livekit.UpdateLayoutRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateLayoutRequest {
		interface $Properties {
			egressId?: (string|null);
			layout?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdateLayoutRequest.$Properties;
	}

	interface IUpdateStreamRequest extends livekit.UpdateStreamRequest.$Properties {
	}

	class UpdateStreamRequest {
		constructor(properties?: livekit.UpdateStreamRequest.$Properties);
		$unknowns?: Uint8Array[];
		egressId: string;
		addOutputUrls: string[];
		removeOutputUrls: string[];
		addDestinations: livekit.StreamDestination.$Properties[];
		static create(properties: livekit.UpdateStreamRequest.$Shape): livekit.UpdateStreamRequest & livekit.UpdateStreamRequest.$Shape;
		static create(properties?: livekit.UpdateStreamRequest.$Properties): livekit.UpdateStreamRequest;
		static encode(message: livekit.UpdateStreamRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateStreamRequest & livekit.UpdateStreamRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateStreamRequest {
		interface $Properties {
			egressId?: (string|null);
			addOutputUrls?: (string[]|null);
			removeOutputUrls?: (string[]|null);
			addDestinations?: (livekit.StreamDestination.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdateStreamRequest.$Properties;
	}

	interface IStreamInfoList extends livekit.StreamInfoList.$Properties {
	}

	class StreamInfoList {
		constructor(properties?: livekit.StreamInfoList.$Properties);
		$unknowns?: Uint8Array[];
		info: livekit.StreamInfo.$Properties[];
		static create(properties: livekit.StreamInfoList.$Shape): livekit.StreamInfoList & livekit.StreamInfoList.$Shape;
		static create(properties?: livekit.StreamInfoList.$Properties): livekit.StreamInfoList;
		static encode(message: livekit.StreamInfoList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.StreamInfoList & livekit.StreamInfoList.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StreamInfoList {
		interface $Properties {
			info?: (livekit.StreamInfo.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.StreamInfoList.$Properties;
	}

	interface IVideoConfig extends livekit.VideoConfig.$Properties {
	}

	class VideoConfig {
		constructor(properties?: livekit.VideoConfig.$Properties);
		$unknowns?: Uint8Array[];
		captureAll: boolean;
		selectors: livekit.VideoSelector.$Properties[];
		static create(properties: livekit.VideoConfig.$Shape): livekit.VideoConfig & livekit.VideoConfig.$Shape;
		static create(properties?: livekit.VideoConfig.$Properties): livekit.VideoConfig;
		static encode(message: livekit.VideoConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.VideoConfig & livekit.VideoConfig.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace VideoConfig {
		interface $Properties {
			captureAll?: (boolean|null);
			selectors?: (livekit.VideoSelector.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  captureAll?: boolean|null;
		  selectors?: livekit.VideoSelector.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IVideoSelector extends livekit.VideoSelector.$Properties {
	}

	class VideoSelector {
		constructor(properties?: livekit.VideoSelector.$Properties);
		$unknowns?: Uint8Array[];
		trackId?: (string|null);
		participantIdentity?: (string|null);
		trackName: string;
		exclude: boolean;
		match?: ("trackId"|"participantIdentity");
		static create(properties: livekit.VideoSelector.$Shape): livekit.VideoSelector & livekit.VideoSelector.$Shape;
		static create(properties?: livekit.VideoSelector.$Properties): livekit.VideoSelector;
		static encode(message: livekit.VideoSelector.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.VideoSelector & livekit.VideoSelector.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace VideoSelector {
		interface $Properties {
			trackId?: (string|null);
			participantIdentity?: (string|null);
			trackName?: (string|null);
			exclude?: (boolean|null);
			match?: ("trackId"|"participantIdentity");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  trackId?: string|null;
		  participantIdentity?: string|null;
		  trackName?: string|null;
		  exclude?: boolean|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ match?: undefined; trackId?: null; participantIdentity?: null }|{ match?: "trackId"; trackId: string; participantIdentity?: null }|{ match?: "participantIdentity"; trackId?: null; participantIdentity: string })
		);
	}

	interface IStreamDestination extends livekit.StreamDestination.$Properties {
	}

	class StreamDestination {
		constructor(properties?: livekit.StreamDestination.$Properties);
		$unknowns?: Uint8Array[];
		id: string;
		url: string;
		static create(properties: livekit.StreamDestination.$Shape): livekit.StreamDestination & livekit.StreamDestination.$Shape;
		static create(properties?: livekit.StreamDestination.$Properties): livekit.StreamDestination;
		static encode(message: livekit.StreamDestination.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.StreamDestination & livekit.StreamDestination.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StreamDestination {
		interface $Properties {
			id?: (string|null);
			url?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.StreamDestination.$Properties;
	}

	enum IngressInput {
		RTMP_INPUT = 0,
		WHIP_INPUT = 1,
		URL_INPUT = 2
	}

	enum IngressAudioEncodingPreset {
		OPUS_STEREO_96KBPS = 0,
		OPUS_MONO_64KBS = 1
	}

	enum IngressVideoEncodingPreset {
		H264_720P_30FPS_3_LAYERS = 0,
		H264_1080P_30FPS_3_LAYERS = 1,
		H264_540P_25FPS_2_LAYERS = 2,
		H264_720P_30FPS_1_LAYER = 3,
		H264_1080P_30FPS_1_LAYER = 4,
		H264_720P_30FPS_3_LAYERS_HIGH_MOTION = 5,
		H264_1080P_30FPS_3_LAYERS_HIGH_MOTION = 6,
		H264_540P_25FPS_2_LAYERS_HIGH_MOTION = 7,
		H264_720P_30FPS_1_LAYER_HIGH_MOTION = 8,
		H264_1080P_30FPS_1_LAYER_HIGH_MOTION = 9
	}

	interface ICreateIngressRequest extends livekit.CreateIngressRequest.$Properties {
	}

	class CreateIngressRequest {
		constructor(properties?: livekit.CreateIngressRequest.$Properties);
		$unknowns?: Uint8Array[];
		inputType: livekit.IngressInput;
		url: string;
		name: string;
		roomName: string;
		participantIdentity: string;
		participantName: string;
		participantMetadata: string;
		bypassTranscoding: boolean;
		enableTranscoding?: (boolean|null);
		audio?: (livekit.IngressAudioOptions.$Properties|null);
		video?: (livekit.IngressVideoOptions.$Properties|null);
		enabled?: (boolean|null);
		static create(properties: livekit.CreateIngressRequest.$Shape): livekit.CreateIngressRequest & livekit.CreateIngressRequest.$Shape;
		static create(properties?: livekit.CreateIngressRequest.$Properties): livekit.CreateIngressRequest;
		static encode(message: livekit.CreateIngressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.CreateIngressRequest & livekit.CreateIngressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace CreateIngressRequest {
		interface $Properties {
			inputType?: (livekit.IngressInput|null);
			url?: (string|null);
			name?: (string|null);
			roomName?: (string|null);
			participantIdentity?: (string|null);
			participantName?: (string|null);
			participantMetadata?: (string|null);
			bypassTranscoding?: (boolean|null);
			enableTranscoding?: (boolean|null);
			audio?: (livekit.IngressAudioOptions.$Properties|null);
			video?: (livekit.IngressVideoOptions.$Properties|null);
			enabled?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  inputType?: livekit.IngressInput|null;
		  url?: string|null;
		  name?: string|null;
		  roomName?: string|null;
		  participantIdentity?: string|null;
		  participantName?: string|null;
		  participantMetadata?: string|null;
		  bypassTranscoding?: boolean|null;
		  enableTranscoding?: boolean|null;
		  audio?: livekit.IngressAudioOptions.$Shape|null;
		  video?: livekit.IngressVideoOptions.$Shape|null;
		  enabled?: boolean|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IIngressAudioOptions extends livekit.IngressAudioOptions.$Properties {
	}

	class IngressAudioOptions {
		constructor(properties?: livekit.IngressAudioOptions.$Properties);
		$unknowns?: Uint8Array[];
		name: string;
		source: livekit.TrackSource;
		preset?: (livekit.IngressAudioEncodingPreset|null);
		options?: (livekit.IngressAudioEncodingOptions.$Properties|null);
		encodingOptions?: ("preset"|"options");
		static create(properties: livekit.IngressAudioOptions.$Shape): livekit.IngressAudioOptions & livekit.IngressAudioOptions.$Shape;
		static create(properties?: livekit.IngressAudioOptions.$Properties): livekit.IngressAudioOptions;
		static encode(message: livekit.IngressAudioOptions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.IngressAudioOptions & livekit.IngressAudioOptions.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace IngressAudioOptions {
		interface $Properties {
			name?: (string|null);
			source?: (livekit.TrackSource|null);
			preset?: (livekit.IngressAudioEncodingPreset|null);
			options?: (livekit.IngressAudioEncodingOptions.$Properties|null);
			encodingOptions?: ("preset"|"options");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  name?: string|null;
		  source?: livekit.TrackSource|null;
		  preset?: livekit.IngressAudioEncodingPreset|null;
		  options?: livekit.IngressAudioEncodingOptions.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ encodingOptions?: undefined; preset?: null; options?: null }|{ encodingOptions?: "preset"; preset: livekit.IngressAudioEncodingPreset; options?: null }|{ encodingOptions?: "options"; preset?: null; options: livekit.IngressAudioEncodingOptions.$Shape })
		);
	}

	interface IIngressVideoOptions extends livekit.IngressVideoOptions.$Properties {
	}

	class IngressVideoOptions {
		constructor(properties?: livekit.IngressVideoOptions.$Properties);
		$unknowns?: Uint8Array[];
		name: string;
		source: livekit.TrackSource;
		preset?: (livekit.IngressVideoEncodingPreset|null);
		options?: (livekit.IngressVideoEncodingOptions.$Properties|null);
		encodingOptions?: ("preset"|"options");
		static create(properties: livekit.IngressVideoOptions.$Shape): livekit.IngressVideoOptions & livekit.IngressVideoOptions.$Shape;
		static create(properties?: livekit.IngressVideoOptions.$Properties): livekit.IngressVideoOptions;
		static encode(message: livekit.IngressVideoOptions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.IngressVideoOptions & livekit.IngressVideoOptions.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace IngressVideoOptions {
		interface $Properties {
			name?: (string|null);
			source?: (livekit.TrackSource|null);
			preset?: (livekit.IngressVideoEncodingPreset|null);
			options?: (livekit.IngressVideoEncodingOptions.$Properties|null);
			encodingOptions?: ("preset"|"options");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  name?: string|null;
		  source?: livekit.TrackSource|null;
		  preset?: livekit.IngressVideoEncodingPreset|null;
		  options?: livekit.IngressVideoEncodingOptions.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ encodingOptions?: undefined; preset?: null; options?: null }|{ encodingOptions?: "preset"; preset: livekit.IngressVideoEncodingPreset; options?: null }|{ encodingOptions?: "options"; preset?: null; options: livekit.IngressVideoEncodingOptions.$Shape })
		);
	}

	interface IIngressAudioEncodingOptions extends livekit.IngressAudioEncodingOptions.$Properties {
	}

	class IngressAudioEncodingOptions {
		constructor(properties?: livekit.IngressAudioEncodingOptions.$Properties);
		$unknowns?: Uint8Array[];
		audioCodec: livekit.AudioCodec;
		bitrate: number;
		disableDtx: boolean;
		channels: number;
		static create(properties: livekit.IngressAudioEncodingOptions.$Shape): livekit.IngressAudioEncodingOptions & livekit.IngressAudioEncodingOptions.$Shape;
		static create(properties?: livekit.IngressAudioEncodingOptions.$Properties): livekit.IngressAudioEncodingOptions;
		static encode(message: livekit.IngressAudioEncodingOptions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.IngressAudioEncodingOptions & livekit.IngressAudioEncodingOptions.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace IngressAudioEncodingOptions {
		interface $Properties {
			audioCodec?: (livekit.AudioCodec|null);
			bitrate?: (number|null);
			disableDtx?: (boolean|null);
			channels?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.IngressAudioEncodingOptions.$Properties;
	}

	interface IIngressVideoEncodingOptions extends livekit.IngressVideoEncodingOptions.$Properties {
	}

	class IngressVideoEncodingOptions {
		constructor(properties?: livekit.IngressVideoEncodingOptions.$Properties);
		$unknowns?: Uint8Array[];
		videoCodec: livekit.VideoCodec;
		frameRate: number;
		layers: livekit.VideoLayer.$Properties[];
		static create(properties: livekit.IngressVideoEncodingOptions.$Shape): livekit.IngressVideoEncodingOptions & livekit.IngressVideoEncodingOptions.$Shape;
		static create(properties?: livekit.IngressVideoEncodingOptions.$Properties): livekit.IngressVideoEncodingOptions;
		static encode(message: livekit.IngressVideoEncodingOptions.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.IngressVideoEncodingOptions & livekit.IngressVideoEncodingOptions.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace IngressVideoEncodingOptions {
		interface $Properties {
			videoCodec?: (livekit.VideoCodec|null);
			frameRate?: (number|null);
			layers?: (livekit.VideoLayer.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.IngressVideoEncodingOptions.$Properties;
	}

	interface IIngressInfo extends livekit.IngressInfo.$Properties {
	}

	class IngressInfo {
		constructor(properties?: livekit.IngressInfo.$Properties);
		$unknowns?: Uint8Array[];
		ingressId: string;
		name: string;
		streamKey: string;
		url: string;
		inputType: livekit.IngressInput;
		bypassTranscoding: boolean;
		enableTranscoding?: (boolean|null);
		audio?: (livekit.IngressAudioOptions.$Properties|null);
		video?: (livekit.IngressVideoOptions.$Properties|null);
		roomName: string;
		participantIdentity: string;
		participantName: string;
		participantMetadata: string;
		reusable: boolean;
		state?: (livekit.IngressState.$Properties|null);
		enabled?: (boolean|null);
		static create(properties: livekit.IngressInfo.$Shape): livekit.IngressInfo & livekit.IngressInfo.$Shape;
		static create(properties?: livekit.IngressInfo.$Properties): livekit.IngressInfo;
		static encode(message: livekit.IngressInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.IngressInfo & livekit.IngressInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace IngressInfo {
		interface $Properties {
			ingressId?: (string|null);
			name?: (string|null);
			streamKey?: (string|null);
			url?: (string|null);
			inputType?: (livekit.IngressInput|null);
			bypassTranscoding?: (boolean|null);
			enableTranscoding?: (boolean|null);
			audio?: (livekit.IngressAudioOptions.$Properties|null);
			video?: (livekit.IngressVideoOptions.$Properties|null);
			roomName?: (string|null);
			participantIdentity?: (string|null);
			participantName?: (string|null);
			participantMetadata?: (string|null);
			reusable?: (boolean|null);
			state?: (livekit.IngressState.$Properties|null);
			enabled?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  ingressId?: string|null;
		  name?: string|null;
		  streamKey?: string|null;
		  url?: string|null;
		  inputType?: livekit.IngressInput|null;
		  bypassTranscoding?: boolean|null;
		  enableTranscoding?: boolean|null;
		  audio?: livekit.IngressAudioOptions.$Shape|null;
		  video?: livekit.IngressVideoOptions.$Shape|null;
		  roomName?: string|null;
		  participantIdentity?: string|null;
		  participantName?: string|null;
		  participantMetadata?: string|null;
		  reusable?: boolean|null;
		  state?: livekit.IngressState.$Shape|null;
		  enabled?: boolean|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IIngressState extends livekit.IngressState.$Properties {
	}

	class IngressState {
		constructor(properties?: livekit.IngressState.$Properties);
		$unknowns?: Uint8Array[];
		status: livekit.IngressState.Status;
		error: string;
		video?: (livekit.InputVideoState.$Properties|null);
		audio?: (livekit.InputAudioState.$Properties|null);
		roomId: string;
		startedAt: number;
		endedAt: number;
		updatedAt: number;
		resourceId: string;
		tracks: livekit.TrackInfo.$Properties[];
		static create(properties: livekit.IngressState.$Shape): livekit.IngressState & livekit.IngressState.$Shape;
		static create(properties?: livekit.IngressState.$Properties): livekit.IngressState;
		static encode(message: livekit.IngressState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.IngressState & livekit.IngressState.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace IngressState {
		interface $Properties {
			status?: (livekit.IngressState.Status|null);
			error?: (string|null);
			video?: (livekit.InputVideoState.$Properties|null);
			audio?: (livekit.InputAudioState.$Properties|null);
			roomId?: (string|null);
			startedAt?: (number|null);
			endedAt?: (number|null);
			updatedAt?: (number|null);
			resourceId?: (string|null);
			tracks?: (livekit.TrackInfo.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.IngressState.$Properties;

		enum Status {
			ENDPOINT_INACTIVE = 0,
			ENDPOINT_BUFFERING = 1,
			ENDPOINT_PUBLISHING = 2,
			ENDPOINT_ERROR = 3,
			ENDPOINT_COMPLETE = 4
		}
	}

	interface IInputVideoState extends livekit.InputVideoState.$Properties {
	}

	class InputVideoState {
		constructor(properties?: livekit.InputVideoState.$Properties);
		$unknowns?: Uint8Array[];
		mimeType: string;
		averageBitrate: number;
		width: number;
		height: number;
		framerate: number;
		static create(properties: livekit.InputVideoState.$Shape): livekit.InputVideoState & livekit.InputVideoState.$Shape;
		static create(properties?: livekit.InputVideoState.$Properties): livekit.InputVideoState;
		static encode(message: livekit.InputVideoState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.InputVideoState & livekit.InputVideoState.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace InputVideoState {
		interface $Properties {
			mimeType?: (string|null);
			averageBitrate?: (number|null);
			width?: (number|null);
			height?: (number|null);
			framerate?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.InputVideoState.$Properties;
	}

	interface IInputAudioState extends livekit.InputAudioState.$Properties {
	}

	class InputAudioState {
		constructor(properties?: livekit.InputAudioState.$Properties);
		$unknowns?: Uint8Array[];
		mimeType: string;
		averageBitrate: number;
		channels: number;
		sampleRate: number;
		static create(properties: livekit.InputAudioState.$Shape): livekit.InputAudioState & livekit.InputAudioState.$Shape;
		static create(properties?: livekit.InputAudioState.$Properties): livekit.InputAudioState;
		static encode(message: livekit.InputAudioState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.InputAudioState & livekit.InputAudioState.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace InputAudioState {
		interface $Properties {
			mimeType?: (string|null);
			averageBitrate?: (number|null);
			channels?: (number|null);
			sampleRate?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.InputAudioState.$Properties;
	}

	interface IUpdateIngressRequest extends livekit.UpdateIngressRequest.$Properties {
	}

	class UpdateIngressRequest {
		constructor(properties?: livekit.UpdateIngressRequest.$Properties);
		$unknowns?: Uint8Array[];
		ingressId: string;
		name: string;
		roomName: string;
		participantIdentity: string;
		participantName: string;
		participantMetadata: string;
		bypassTranscoding?: (boolean|null);
		enableTranscoding?: (boolean|null);
		audio?: (livekit.IngressAudioOptions.$Properties|null);
		video?: (livekit.IngressVideoOptions.$Properties|null);
		enabled?: (boolean|null);
		static create(properties: livekit.UpdateIngressRequest.$Shape): livekit.UpdateIngressRequest & livekit.UpdateIngressRequest.$Shape;
		static create(properties?: livekit.UpdateIngressRequest.$Properties): livekit.UpdateIngressRequest;
		static encode(message: livekit.UpdateIngressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateIngressRequest & livekit.UpdateIngressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateIngressRequest {
		interface $Properties {
			ingressId?: (string|null);
			name?: (string|null);
			roomName?: (string|null);
			participantIdentity?: (string|null);
			participantName?: (string|null);
			participantMetadata?: (string|null);
			bypassTranscoding?: (boolean|null);
			enableTranscoding?: (boolean|null);
			audio?: (livekit.IngressAudioOptions.$Properties|null);
			video?: (livekit.IngressVideoOptions.$Properties|null);
			enabled?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  ingressId?: string|null;
		  name?: string|null;
		  roomName?: string|null;
		  participantIdentity?: string|null;
		  participantName?: string|null;
		  participantMetadata?: string|null;
		  bypassTranscoding?: boolean|null;
		  enableTranscoding?: boolean|null;
		  audio?: livekit.IngressAudioOptions.$Shape|null;
		  video?: livekit.IngressVideoOptions.$Shape|null;
		  enabled?: boolean|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IListIngressRequest extends livekit.ListIngressRequest.$Properties {
	}

	class ListIngressRequest {
		constructor(properties?: livekit.ListIngressRequest.$Properties);
		$unknowns?: Uint8Array[];
		pageToken?: (livekit.TokenPagination.$Properties|null);
		roomName: string;
		ingressId: string;
		static create(properties: livekit.ListIngressRequest.$Shape): livekit.ListIngressRequest & livekit.ListIngressRequest.$Shape;
		static create(properties?: livekit.ListIngressRequest.$Properties): livekit.ListIngressRequest;
		static encode(message: livekit.ListIngressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListIngressRequest & livekit.ListIngressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListIngressRequest {
		interface $Properties {
			pageToken?: (livekit.TokenPagination.$Properties|null);
			roomName?: (string|null);
			ingressId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListIngressRequest.$Properties;
	}

	interface IListIngressResponse extends livekit.ListIngressResponse.$Properties {
	}

	class ListIngressResponse {
		constructor(properties?: livekit.ListIngressResponse.$Properties);
		$unknowns?: Uint8Array[];
		nextPageToken?: (livekit.TokenPagination.$Properties|null);
		items: livekit.IngressInfo.$Properties[];
		static create(properties: livekit.ListIngressResponse.$Shape): livekit.ListIngressResponse & livekit.ListIngressResponse.$Shape;
		static create(properties?: livekit.ListIngressResponse.$Properties): livekit.ListIngressResponse;
		static encode(message: livekit.ListIngressResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListIngressResponse & livekit.ListIngressResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListIngressResponse {
		interface $Properties {
			nextPageToken?: (livekit.TokenPagination.$Properties|null);
			items?: (livekit.IngressInfo.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  nextPageToken?: livekit.TokenPagination.$Shape|null;
		  items?: livekit.IngressInfo.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IDeleteIngressRequest extends livekit.DeleteIngressRequest.$Properties {
	}

	class DeleteIngressRequest {
		constructor(properties?: livekit.DeleteIngressRequest.$Properties);
		$unknowns?: Uint8Array[];
		ingressId: string;
		static create(properties: livekit.DeleteIngressRequest.$Shape): livekit.DeleteIngressRequest & livekit.DeleteIngressRequest.$Shape;
		static create(properties?: livekit.DeleteIngressRequest.$Properties): livekit.DeleteIngressRequest;
		static encode(message: livekit.DeleteIngressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DeleteIngressRequest & livekit.DeleteIngressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DeleteIngressRequest {
		interface $Properties {
			ingressId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DeleteIngressRequest.$Properties;
	}

	interface ICreateRoomRequest extends livekit.CreateRoomRequest.$Properties {
	}

	class CreateRoomRequest {
		constructor(properties?: livekit.CreateRoomRequest.$Properties);
		$unknowns?: Uint8Array[];
		name: string;
		roomPreset: string;
		emptyTimeout: number;
		departureTimeout: number;
		maxParticipants: number;
		nodeId: string;
		metadata: string;
		tags: { [k: string]: string };
		egress?: (livekit.RoomEgress.$Properties|null);
		minPlayoutDelay: number;
		maxPlayoutDelay: number;
		syncStreams: boolean;
		replayEnabled: boolean;
		agents: livekit.RoomAgentDispatch.$Properties[];
		static create(properties: livekit.CreateRoomRequest.$Shape): livekit.CreateRoomRequest & livekit.CreateRoomRequest.$Shape;
		static create(properties?: livekit.CreateRoomRequest.$Properties): livekit.CreateRoomRequest;
		static encode(message: livekit.CreateRoomRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.CreateRoomRequest & livekit.CreateRoomRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace CreateRoomRequest {
		interface $Properties {
			name?: (string|null);
			roomPreset?: (string|null);
			emptyTimeout?: (number|null);
			departureTimeout?: (number|null);
			maxParticipants?: (number|null);
			nodeId?: (string|null);
			metadata?: (string|null);
			tags?: ({ [k: string]: string }|null);
			egress?: (livekit.RoomEgress.$Properties|null);
			minPlayoutDelay?: (number|null);
			maxPlayoutDelay?: (number|null);
			syncStreams?: (boolean|null);
			replayEnabled?: (boolean|null);
			agents?: (livekit.RoomAgentDispatch.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  name?: string|null;
		  roomPreset?: string|null;
		  emptyTimeout?: number|null;
		  departureTimeout?: number|null;
		  maxParticipants?: number|null;
		  nodeId?: string|null;
		  metadata?: string|null;
		  tags?: { [k: string]: string }|null;
		  egress?: livekit.RoomEgress.$Shape|null;
		  minPlayoutDelay?: number|null;
		  maxPlayoutDelay?: number|null;
		  syncStreams?: boolean|null;
		  replayEnabled?: boolean|null;
		  agents?: livekit.RoomAgentDispatch.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IRoomEgress extends livekit.RoomEgress.$Properties {
	}

	class RoomEgress {
		constructor(properties?: livekit.RoomEgress.$Properties);
		$unknowns?: Uint8Array[];
		room?: (livekit.RoomCompositeEgressRequest.$Properties|null);
		participant?: (livekit.AutoParticipantEgress.$Properties|null);
		tracks?: (livekit.AutoTrackEgress.$Properties|null);
		static create(properties: livekit.RoomEgress.$Shape): livekit.RoomEgress & livekit.RoomEgress.$Shape;
		static create(properties?: livekit.RoomEgress.$Properties): livekit.RoomEgress;
		static encode(message: livekit.RoomEgress.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RoomEgress & livekit.RoomEgress.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RoomEgress {
		interface $Properties {
			room?: (livekit.RoomCompositeEgressRequest.$Properties|null);
			participant?: (livekit.AutoParticipantEgress.$Properties|null);
			tracks?: (livekit.AutoTrackEgress.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  room?: livekit.RoomCompositeEgressRequest.$Shape|null;
		  participant?: livekit.AutoParticipantEgress.$Shape|null;
		  tracks?: livekit.AutoTrackEgress.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IRoomAgent extends livekit.RoomAgent.$Properties {
	}

	class RoomAgent {
		constructor(properties?: livekit.RoomAgent.$Properties);
		$unknowns?: Uint8Array[];
		dispatches: livekit.RoomAgentDispatch.$Properties[];
		static create(properties: livekit.RoomAgent.$Shape): livekit.RoomAgent & livekit.RoomAgent.$Shape;
		static create(properties?: livekit.RoomAgent.$Properties): livekit.RoomAgent;
		static encode(message: livekit.RoomAgent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RoomAgent & livekit.RoomAgent.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RoomAgent {
		interface $Properties {
			dispatches?: (livekit.RoomAgentDispatch.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RoomAgent.$Properties;
	}

	interface IListRoomsRequest extends livekit.ListRoomsRequest.$Properties {
	}

	class ListRoomsRequest {
		constructor(properties?: livekit.ListRoomsRequest.$Properties);
		$unknowns?: Uint8Array[];
		names: string[];
		static create(properties: livekit.ListRoomsRequest.$Shape): livekit.ListRoomsRequest & livekit.ListRoomsRequest.$Shape;
		static create(properties?: livekit.ListRoomsRequest.$Properties): livekit.ListRoomsRequest;
		static encode(message: livekit.ListRoomsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListRoomsRequest & livekit.ListRoomsRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListRoomsRequest {
		interface $Properties {
			names?: (string[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListRoomsRequest.$Properties;
	}

	interface IListRoomsResponse extends livekit.ListRoomsResponse.$Properties {
	}

	class ListRoomsResponse {
		constructor(properties?: livekit.ListRoomsResponse.$Properties);
		$unknowns?: Uint8Array[];
		rooms: livekit.Room.$Properties[];
		static create(properties: livekit.ListRoomsResponse.$Shape): livekit.ListRoomsResponse & livekit.ListRoomsResponse.$Shape;
		static create(properties?: livekit.ListRoomsResponse.$Properties): livekit.ListRoomsResponse;
		static encode(message: livekit.ListRoomsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListRoomsResponse & livekit.ListRoomsResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListRoomsResponse {
		interface $Properties {
			rooms?: (livekit.Room.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListRoomsResponse.$Properties;
	}

	interface IDeleteRoomRequest extends livekit.DeleteRoomRequest.$Properties {
	}

	class DeleteRoomRequest {
		constructor(properties?: livekit.DeleteRoomRequest.$Properties);
		$unknowns?: Uint8Array[];
		room: string;
		static create(properties: livekit.DeleteRoomRequest.$Shape): livekit.DeleteRoomRequest & livekit.DeleteRoomRequest.$Shape;
		static create(properties?: livekit.DeleteRoomRequest.$Properties): livekit.DeleteRoomRequest;
		static encode(message: livekit.DeleteRoomRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DeleteRoomRequest & livekit.DeleteRoomRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DeleteRoomRequest {
		interface $Properties {
			room?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DeleteRoomRequest.$Properties;
	}

	interface IDeleteRoomResponse extends livekit.DeleteRoomResponse.$Properties {
	}

	class DeleteRoomResponse {
		constructor(properties?: livekit.DeleteRoomResponse.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: livekit.DeleteRoomResponse.$Shape): livekit.DeleteRoomResponse & livekit.DeleteRoomResponse.$Shape;
		static create(properties?: livekit.DeleteRoomResponse.$Properties): livekit.DeleteRoomResponse;
		static encode(message: livekit.DeleteRoomResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DeleteRoomResponse & livekit.DeleteRoomResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DeleteRoomResponse {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DeleteRoomResponse.$Properties;
	}

	interface IListParticipantsRequest extends livekit.ListParticipantsRequest.$Properties {
	}

	class ListParticipantsRequest {
		constructor(properties?: livekit.ListParticipantsRequest.$Properties);
		$unknowns?: Uint8Array[];
		room: string;
		static create(properties: livekit.ListParticipantsRequest.$Shape): livekit.ListParticipantsRequest & livekit.ListParticipantsRequest.$Shape;
		static create(properties?: livekit.ListParticipantsRequest.$Properties): livekit.ListParticipantsRequest;
		static encode(message: livekit.ListParticipantsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListParticipantsRequest & livekit.ListParticipantsRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListParticipantsRequest {
		interface $Properties {
			room?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListParticipantsRequest.$Properties;
	}

	interface IListParticipantsResponse extends livekit.ListParticipantsResponse.$Properties {
	}

	class ListParticipantsResponse {
		constructor(properties?: livekit.ListParticipantsResponse.$Properties);
		$unknowns?: Uint8Array[];
		participants: livekit.ParticipantInfo.$Properties[];
		static create(properties: livekit.ListParticipantsResponse.$Shape): livekit.ListParticipantsResponse & livekit.ListParticipantsResponse.$Shape;
		static create(properties?: livekit.ListParticipantsResponse.$Properties): livekit.ListParticipantsResponse;
		static encode(message: livekit.ListParticipantsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListParticipantsResponse & livekit.ListParticipantsResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListParticipantsResponse {
		interface $Properties {
			participants?: (livekit.ParticipantInfo.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  participants?: livekit.ParticipantInfo.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IRoomParticipantIdentity extends livekit.RoomParticipantIdentity.$Properties {
	}

	class RoomParticipantIdentity {
		constructor(properties?: livekit.RoomParticipantIdentity.$Properties);
		$unknowns?: Uint8Array[];
		room: string;
		identity: string;
		revokeTokenTs: number;
		static create(properties: livekit.RoomParticipantIdentity.$Shape): livekit.RoomParticipantIdentity & livekit.RoomParticipantIdentity.$Shape;
		static create(properties?: livekit.RoomParticipantIdentity.$Properties): livekit.RoomParticipantIdentity;
		static encode(message: livekit.RoomParticipantIdentity.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RoomParticipantIdentity & livekit.RoomParticipantIdentity.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RoomParticipantIdentity {
		interface $Properties {
			room?: (string|null);
			identity?: (string|null);
			revokeTokenTs?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RoomParticipantIdentity.$Properties;
	}

	interface IRemoveParticipantResponse extends livekit.RemoveParticipantResponse.$Properties {
	}

	class RemoveParticipantResponse {
		constructor(properties?: livekit.RemoveParticipantResponse.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: livekit.RemoveParticipantResponse.$Shape): livekit.RemoveParticipantResponse & livekit.RemoveParticipantResponse.$Shape;
		static create(properties?: livekit.RemoveParticipantResponse.$Properties): livekit.RemoveParticipantResponse;
		static encode(message: livekit.RemoveParticipantResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RemoveParticipantResponse & livekit.RemoveParticipantResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RemoveParticipantResponse {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RemoveParticipantResponse.$Properties;
	}

	interface IMuteRoomTrackRequest extends livekit.MuteRoomTrackRequest.$Properties {
	}

	class MuteRoomTrackRequest {
		constructor(properties?: livekit.MuteRoomTrackRequest.$Properties);
		$unknowns?: Uint8Array[];
		room: string;
		identity: string;
		trackSid: string;
		muted: boolean;
		static create(properties: livekit.MuteRoomTrackRequest.$Shape): livekit.MuteRoomTrackRequest & livekit.MuteRoomTrackRequest.$Shape;
		static create(properties?: livekit.MuteRoomTrackRequest.$Properties): livekit.MuteRoomTrackRequest;
		static encode(message: livekit.MuteRoomTrackRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.MuteRoomTrackRequest & livekit.MuteRoomTrackRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace MuteRoomTrackRequest {
		interface $Properties {
			room?: (string|null);
			identity?: (string|null);
			trackSid?: (string|null);
			muted?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.MuteRoomTrackRequest.$Properties;
	}

	interface IMuteRoomTrackResponse extends livekit.MuteRoomTrackResponse.$Properties {
	}

	class MuteRoomTrackResponse {
		constructor(properties?: livekit.MuteRoomTrackResponse.$Properties);
		$unknowns?: Uint8Array[];
		track?: (livekit.TrackInfo.$Properties|null);
		static create(properties: livekit.MuteRoomTrackResponse.$Shape): livekit.MuteRoomTrackResponse & livekit.MuteRoomTrackResponse.$Shape;
		static create(properties?: livekit.MuteRoomTrackResponse.$Properties): livekit.MuteRoomTrackResponse;
		static encode(message: livekit.MuteRoomTrackResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.MuteRoomTrackResponse & livekit.MuteRoomTrackResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace MuteRoomTrackResponse {
		interface $Properties {
			track?: (livekit.TrackInfo.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.MuteRoomTrackResponse.$Properties;
	}

	interface IUpdateParticipantRequest extends livekit.UpdateParticipantRequest.$Properties {
	}

	class UpdateParticipantRequest {
		constructor(properties?: livekit.UpdateParticipantRequest.$Properties);
		$unknowns?: Uint8Array[];
		room: string;
		identity: string;
		metadata: string;
		permission?: (livekit.ParticipantPermission.$Properties|null);
		name: string;
		attributes: { [k: string]: string };
		static create(properties: livekit.UpdateParticipantRequest.$Shape): livekit.UpdateParticipantRequest & livekit.UpdateParticipantRequest.$Shape;
		static create(properties?: livekit.UpdateParticipantRequest.$Properties): livekit.UpdateParticipantRequest;
		static encode(message: livekit.UpdateParticipantRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateParticipantRequest & livekit.UpdateParticipantRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateParticipantRequest {
		interface $Properties {
			room?: (string|null);
			identity?: (string|null);
			metadata?: (string|null);
			permission?: (livekit.ParticipantPermission.$Properties|null);
			name?: (string|null);
			attributes?: ({ [k: string]: string }|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdateParticipantRequest.$Properties;
	}

	interface IUpdateSubscriptionsRequest extends livekit.UpdateSubscriptionsRequest.$Properties {
	}

	class UpdateSubscriptionsRequest {
		constructor(properties?: livekit.UpdateSubscriptionsRequest.$Properties);
		$unknowns?: Uint8Array[];
		room: string;
		identity: string;
		trackSids: string[];
		subscribe: boolean;
		participantTracks: livekit.ParticipantTracks.$Properties[];
		static create(properties: livekit.UpdateSubscriptionsRequest.$Shape): livekit.UpdateSubscriptionsRequest & livekit.UpdateSubscriptionsRequest.$Shape;
		static create(properties?: livekit.UpdateSubscriptionsRequest.$Properties): livekit.UpdateSubscriptionsRequest;
		static encode(message: livekit.UpdateSubscriptionsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateSubscriptionsRequest & livekit.UpdateSubscriptionsRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateSubscriptionsRequest {
		interface $Properties {
			room?: (string|null);
			identity?: (string|null);
			trackSids?: (string[]|null);
			subscribe?: (boolean|null);
			participantTracks?: (livekit.ParticipantTracks.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdateSubscriptionsRequest.$Properties;
	}

	interface IUpdateSubscriptionsResponse extends livekit.UpdateSubscriptionsResponse.$Properties {
	}

	class UpdateSubscriptionsResponse {
		constructor(properties?: livekit.UpdateSubscriptionsResponse.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: livekit.UpdateSubscriptionsResponse.$Shape): livekit.UpdateSubscriptionsResponse & livekit.UpdateSubscriptionsResponse.$Shape;
		static create(properties?: livekit.UpdateSubscriptionsResponse.$Properties): livekit.UpdateSubscriptionsResponse;
		static encode(message: livekit.UpdateSubscriptionsResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateSubscriptionsResponse & livekit.UpdateSubscriptionsResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateSubscriptionsResponse {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdateSubscriptionsResponse.$Properties;
	}

	interface ISendDataRequest extends livekit.SendDataRequest.$Properties {
	}

	class SendDataRequest {
		constructor(properties?: livekit.SendDataRequest.$Properties);
		$unknowns?: Uint8Array[];
		room: string;
		data: Uint8Array;
		kind: livekit.DataPacket.Kind;
		destinationSids: string[];
		destinationIdentities: string[];
		topic?: (string|null);
		nonce: Uint8Array;
		static create(properties: livekit.SendDataRequest.$Shape): livekit.SendDataRequest & livekit.SendDataRequest.$Shape;
		static create(properties?: livekit.SendDataRequest.$Properties): livekit.SendDataRequest;
		static encode(message: livekit.SendDataRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SendDataRequest & livekit.SendDataRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SendDataRequest {
		interface $Properties {
			room?: (string|null);
			data?: (Uint8Array|null);
			kind?: (livekit.DataPacket.Kind|null);
			destinationSids?: (string[]|null);
			destinationIdentities?: (string[]|null);
			topic?: (string|null);
			nonce?: (Uint8Array|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SendDataRequest.$Properties;
	}

	interface ISendDataResponse extends livekit.SendDataResponse.$Properties {
	}

	class SendDataResponse {
		constructor(properties?: livekit.SendDataResponse.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: livekit.SendDataResponse.$Shape): livekit.SendDataResponse & livekit.SendDataResponse.$Shape;
		static create(properties?: livekit.SendDataResponse.$Properties): livekit.SendDataResponse;
		static encode(message: livekit.SendDataResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SendDataResponse & livekit.SendDataResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SendDataResponse {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SendDataResponse.$Properties;
	}

	interface IUpdateRoomMetadataRequest extends livekit.UpdateRoomMetadataRequest.$Properties {
	}

	class UpdateRoomMetadataRequest {
		constructor(properties?: livekit.UpdateRoomMetadataRequest.$Properties);
		$unknowns?: Uint8Array[];
		room: string;
		metadata: string;
		static create(properties: livekit.UpdateRoomMetadataRequest.$Shape): livekit.UpdateRoomMetadataRequest & livekit.UpdateRoomMetadataRequest.$Shape;
		static create(properties?: livekit.UpdateRoomMetadataRequest.$Properties): livekit.UpdateRoomMetadataRequest;
		static encode(message: livekit.UpdateRoomMetadataRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateRoomMetadataRequest & livekit.UpdateRoomMetadataRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateRoomMetadataRequest {
		interface $Properties {
			room?: (string|null);
			metadata?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdateRoomMetadataRequest.$Properties;
	}

	interface IRoomConfiguration extends livekit.RoomConfiguration.$Properties {
	}

	class RoomConfiguration {
		constructor(properties?: livekit.RoomConfiguration.$Properties);
		$unknowns?: Uint8Array[];
		name: string;
		emptyTimeout: number;
		departureTimeout: number;
		maxParticipants: number;
		metadata: string;
		egress?: (livekit.RoomEgress.$Properties|null);
		minPlayoutDelay: number;
		maxPlayoutDelay: number;
		syncStreams: boolean;
		agents: livekit.RoomAgentDispatch.$Properties[];
		tags: { [k: string]: string };
		static create(properties: livekit.RoomConfiguration.$Shape): livekit.RoomConfiguration & livekit.RoomConfiguration.$Shape;
		static create(properties?: livekit.RoomConfiguration.$Properties): livekit.RoomConfiguration;
		static encode(message: livekit.RoomConfiguration.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RoomConfiguration & livekit.RoomConfiguration.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RoomConfiguration {
		interface $Properties {
			name?: (string|null);
			emptyTimeout?: (number|null);
			departureTimeout?: (number|null);
			maxParticipants?: (number|null);
			metadata?: (string|null);
			egress?: (livekit.RoomEgress.$Properties|null);
			minPlayoutDelay?: (number|null);
			maxPlayoutDelay?: (number|null);
			syncStreams?: (boolean|null);
			agents?: (livekit.RoomAgentDispatch.$Properties[]|null);
			tags?: ({ [k: string]: string }|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  name?: string|null;
		  emptyTimeout?: number|null;
		  departureTimeout?: number|null;
		  maxParticipants?: number|null;
		  metadata?: string|null;
		  egress?: livekit.RoomEgress.$Shape|null;
		  minPlayoutDelay?: number|null;
		  maxPlayoutDelay?: number|null;
		  syncStreams?: boolean|null;
		  agents?: livekit.RoomAgentDispatch.$Shape[]|null;
		  tags?: { [k: string]: string }|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IForwardParticipantRequest extends livekit.ForwardParticipantRequest.$Properties {
	}

	class ForwardParticipantRequest {
		constructor(properties?: livekit.ForwardParticipantRequest.$Properties);
		$unknowns?: Uint8Array[];
		room: string;
		identity: string;
		destinationRoom: string;
		static create(properties: livekit.ForwardParticipantRequest.$Shape): livekit.ForwardParticipantRequest & livekit.ForwardParticipantRequest.$Shape;
		static create(properties?: livekit.ForwardParticipantRequest.$Properties): livekit.ForwardParticipantRequest;
		static encode(message: livekit.ForwardParticipantRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ForwardParticipantRequest & livekit.ForwardParticipantRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ForwardParticipantRequest {
		interface $Properties {
			room?: (string|null);
			identity?: (string|null);
			destinationRoom?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ForwardParticipantRequest.$Properties;
	}

	interface IForwardParticipantResponse extends livekit.ForwardParticipantResponse.$Properties {
	}

	class ForwardParticipantResponse {
		constructor(properties?: livekit.ForwardParticipantResponse.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: livekit.ForwardParticipantResponse.$Shape): livekit.ForwardParticipantResponse & livekit.ForwardParticipantResponse.$Shape;
		static create(properties?: livekit.ForwardParticipantResponse.$Properties): livekit.ForwardParticipantResponse;
		static encode(message: livekit.ForwardParticipantResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ForwardParticipantResponse & livekit.ForwardParticipantResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ForwardParticipantResponse {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ForwardParticipantResponse.$Properties;
	}

	interface IMoveParticipantRequest extends livekit.MoveParticipantRequest.$Properties {
	}

	class MoveParticipantRequest {
		constructor(properties?: livekit.MoveParticipantRequest.$Properties);
		$unknowns?: Uint8Array[];
		room: string;
		identity: string;
		destinationRoom: string;
		static create(properties: livekit.MoveParticipantRequest.$Shape): livekit.MoveParticipantRequest & livekit.MoveParticipantRequest.$Shape;
		static create(properties?: livekit.MoveParticipantRequest.$Properties): livekit.MoveParticipantRequest;
		static encode(message: livekit.MoveParticipantRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.MoveParticipantRequest & livekit.MoveParticipantRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace MoveParticipantRequest {
		interface $Properties {
			room?: (string|null);
			identity?: (string|null);
			destinationRoom?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.MoveParticipantRequest.$Properties;
	}

	interface IMoveParticipantResponse extends livekit.MoveParticipantResponse.$Properties {
	}

	class MoveParticipantResponse {
		constructor(properties?: livekit.MoveParticipantResponse.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: livekit.MoveParticipantResponse.$Shape): livekit.MoveParticipantResponse & livekit.MoveParticipantResponse.$Shape;
		static create(properties?: livekit.MoveParticipantResponse.$Properties): livekit.MoveParticipantResponse;
		static encode(message: livekit.MoveParticipantResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.MoveParticipantResponse & livekit.MoveParticipantResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace MoveParticipantResponse {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.MoveParticipantResponse.$Properties;
	}

	interface IPerformRpcRequest extends livekit.PerformRpcRequest.$Properties {
	}

	class PerformRpcRequest {
		constructor(properties?: livekit.PerformRpcRequest.$Properties);
		$unknowns?: Uint8Array[];
		room: string;
		destinationIdentity: string;
		method: string;
		payload: string;
		responseTimeoutMs: number;
		static create(properties: livekit.PerformRpcRequest.$Shape): livekit.PerformRpcRequest & livekit.PerformRpcRequest.$Shape;
		static create(properties?: livekit.PerformRpcRequest.$Properties): livekit.PerformRpcRequest;
		static encode(message: livekit.PerformRpcRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.PerformRpcRequest & livekit.PerformRpcRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace PerformRpcRequest {
		interface $Properties {
			room?: (string|null);
			destinationIdentity?: (string|null);
			method?: (string|null);
			payload?: (string|null);
			responseTimeoutMs?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.PerformRpcRequest.$Properties;
	}

	interface IPerformRpcResponse extends livekit.PerformRpcResponse.$Properties {
	}

	class PerformRpcResponse {
		constructor(properties?: livekit.PerformRpcResponse.$Properties);
		$unknowns?: Uint8Array[];
		payload: string;
		static create(properties: livekit.PerformRpcResponse.$Shape): livekit.PerformRpcResponse & livekit.PerformRpcResponse.$Shape;
		static create(properties?: livekit.PerformRpcResponse.$Properties): livekit.PerformRpcResponse;
		static encode(message: livekit.PerformRpcResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.PerformRpcResponse & livekit.PerformRpcResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace PerformRpcResponse {
		interface $Properties {
			payload?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.PerformRpcResponse.$Properties;
	}

	enum SIPStatusCode {
		SIP_STATUS_UNKNOWN = 0,
		SIP_STATUS_TRYING = 100,
		SIP_STATUS_RINGING = 180,
		SIP_STATUS_CALL_IS_FORWARDED = 181,
		SIP_STATUS_QUEUED = 182,
		SIP_STATUS_SESSION_PROGRESS = 183,
		SIP_STATUS_EARLY_DIALOG_TERMINATED = 199,
		SIP_STATUS_OK = 200,
		SIP_STATUS_ACCEPTED = 202,
		SIP_STATUS_NO_NOTIFICATION = 204,
		SIP_STATUS_MULTIPLE_CHOICES = 300,
		SIP_STATUS_MOVED_PERMANENTLY = 301,
		SIP_STATUS_MOVED_TEMPORARILY = 302,
		SIP_STATUS_USE_PROXY = 305,
		SIP_STATUS_ALTERNATIVE_SERVICE = 380,
		SIP_STATUS_BAD_REQUEST = 400,
		SIP_STATUS_UNAUTHORIZED = 401,
		SIP_STATUS_PAYMENT_REQUIRED = 402,
		SIP_STATUS_FORBIDDEN = 403,
		SIP_STATUS_NOTFOUND = 404,
		SIP_STATUS_METHOD_NOT_ALLOWED = 405,
		SIP_STATUS_NOT_ACCEPTABLE = 406,
		SIP_STATUS_PROXY_AUTH_REQUIRED = 407,
		SIP_STATUS_REQUEST_TIMEOUT = 408,
		SIP_STATUS_CONFLICT = 409,
		SIP_STATUS_GONE = 410,
		SIP_STATUS_LENGTH_REQUIRED = 411,
		SIP_STATUS_CONDITIONAL_REQUEST_FAILED = 412,
		SIP_STATUS_REQUEST_ENTITY_TOO_LARGE = 413,
		SIP_STATUS_REQUEST_URI_TOO_LONG = 414,
		SIP_STATUS_UNSUPPORTED_MEDIA_TYPE = 415,
		SIP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE = 416,
		SIP_STATUS_UNKNOWN_RESOURCE_PRIORITY = 417,
		SIP_STATUS_BAD_EXTENSION = 420,
		SIP_STATUS_EXTENSION_REQUIRED = 421,
		SIP_STATUS_SESSION_INTERVAL_TOO_SMALL = 422,
		SIP_STATUS_INTERVAL_TOO_BRIEF = 423,
		SIP_STATUS_BAD_LOCATION_INFORMATION = 424,
		SIP_STATUS_BAD_ALERT_MESSAGE = 425,
		SIP_STATUS_USE_IDENTITY_HEADER = 428,
		SIP_STATUS_PROVIDE_REFERRER_IDENTITY = 429,
		SIP_STATUS_FLOW_FAILED = 430,
		SIP_STATUS_ANONYMITY_DISALLOWED = 433,
		SIP_STATUS_BAD_IDENTITY_INFO = 436,
		SIP_STATUS_UNSUPPORTED_CERTIFICATE = 437,
		SIP_STATUS_INVALID_IDENTITY_HEADER = 438,
		SIP_STATUS_FIRST_HOP_LACKS_OUTBOUND_SUPPORT = 439,
		SIP_STATUS_MAX_BREADTH_EXCEEDED = 440,
		SIP_STATUS_BAD_INFO_PACKAGE = 469,
		SIP_STATUS_CONSENT_NEEDED = 470,
		SIP_STATUS_TEMPORARILY_UNAVAILABLE = 480,
		SIP_STATUS_CALL_TRANSACTION_DOES_NOT_EXISTS = 481,
		SIP_STATUS_LOOP_DETECTED = 482,
		SIP_STATUS_TOO_MANY_HOPS = 483,
		SIP_STATUS_ADDRESS_INCOMPLETE = 484,
		SIP_STATUS_AMBIGUOUS = 485,
		SIP_STATUS_BUSY_HERE = 486,
		SIP_STATUS_REQUEST_TERMINATED = 487,
		SIP_STATUS_NOT_ACCEPTABLE_HERE = 488,
		SIP_STATUS_BAD_EVENT = 489,
		SIP_STATUS_REQUEST_PENDING = 491,
		SIP_STATUS_UNDECIPHERABLE = 493,
		SIP_STATUS_SECURITY_AGREEMENT_REQUIRED = 494,
		SIP_STATUS_INTERNAL_SERVER_ERROR = 500,
		SIP_STATUS_NOT_IMPLEMENTED = 501,
		SIP_STATUS_BAD_GATEWAY = 502,
		SIP_STATUS_SERVICE_UNAVAILABLE = 503,
		SIP_STATUS_GATEWAY_TIMEOUT = 504,
		SIP_STATUS_VERSION_NOT_SUPPORTED = 505,
		SIP_STATUS_MESSAGE_TOO_LARGE = 513,
		SIP_STATUS_GLOBAL_BUSY_EVERYWHERE = 600,
		SIP_STATUS_GLOBAL_DECLINE = 603,
		SIP_STATUS_GLOBAL_DOES_NOT_EXIST_ANYWHERE = 604,
		SIP_STATUS_GLOBAL_NOT_ACCEPTABLE = 606,
		SIP_STATUS_GLOBAL_UNWANTED = 607,
		SIP_STATUS_GLOBAL_REJECTED = 608
	}

	enum SIPTransport {
		SIP_TRANSPORT_AUTO = 0,
		SIP_TRANSPORT_UDP = 1,
		SIP_TRANSPORT_TCP = 2,
		SIP_TRANSPORT_TLS = 3
	}

	enum SIPHeaderOptions {
		SIP_NO_HEADERS = 0,
		SIP_X_HEADERS = 1,
		SIP_ALL_HEADERS = 2
	}

	enum SIPMediaEncryption {
		SIP_MEDIA_ENCRYPT_DISABLE = 0,
		SIP_MEDIA_ENCRYPT_ALLOW = 1,
		SIP_MEDIA_ENCRYPT_REQUIRE = 2
	}

	enum ProviderType {
		PROVIDER_TYPE_UNKNOWN = 0,
		PROVIDER_TYPE_INTERNAL = 1,
		PROVIDER_TYPE_EXTERNAL = 2
	}

	enum SIPCallStatus {
		SCS_CALL_INCOMING = 0,
		SCS_PARTICIPANT_JOINED = 1,
		SCS_ACTIVE = 2,
		SCS_DISCONNECTED = 3,
		SCS_ERROR = 4
	}

	enum SIPTransferStatus {
		STS_TRANSFER_ONGOING = 0,
		STS_TRANSFER_FAILED = 1,
		STS_TRANSFER_SUCCESSFUL = 2
	}

	enum SIPTransferReason {
		STR_UNSPECIFIED = 0,
		STR_COMPLETED = 1,
		STR_CALL_ENDED = 2,
		STR_REJECTED = 3,
		STR_RINGING_TIMEOUT = 4,
		STR_SUBSCRIPTION_TERMINATED = 5,
		STR_CANCELED = 6
	}

	enum SIPFeature {
		NONE = 0,
		KRISP_ENABLED = 1
	}

	enum SIPCallDirection {
		SCD_UNKNOWN = 0,
		SCD_INBOUND = 1,
		SCD_OUTBOUND = 2
	}

	enum SIPDialtone {
		SIP_DIALTONE_DISABLED = 0,
		SIP_DIALTONE_ETSI = 1,
		SIP_DIALTONE_AUTO = 2,
		SIP_DIALTONE_US = 3,
		SIP_DIALTONE_UK = 4,
		SIP_DIALTONE_JP = 5,
		SIP_DIALTONE_AU = 6
	}

	interface ISIPStatus extends livekit.SIPStatus.$Properties {
	}

	class SIPStatus {
		constructor(properties?: livekit.SIPStatus.$Properties);
		$unknowns?: Uint8Array[];
		code: livekit.SIPStatusCode;
		status: string;
		static create(properties: livekit.SIPStatus.$Shape): livekit.SIPStatus & livekit.SIPStatus.$Shape;
		static create(properties?: livekit.SIPStatus.$Properties): livekit.SIPStatus;
		static encode(message: livekit.SIPStatus.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPStatus & livekit.SIPStatus.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPStatus {
		interface $Properties {
			code?: (livekit.SIPStatusCode|null);
			status?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPStatus.$Properties;
	}

	interface ICreateSIPTrunkRequest extends livekit.CreateSIPTrunkRequest.$Properties {
	}

	class CreateSIPTrunkRequest {
		constructor(properties?: livekit.CreateSIPTrunkRequest.$Properties);
		$unknowns?: Uint8Array[];
		inboundAddresses: string[];
		outboundAddress: string;
		outboundNumber: string;
		inboundNumbersRegex: string[];
		inboundNumbers: string[];
		inboundUsername: string;
		inboundPassword: string;
		outboundUsername: string;
		outboundPassword: string;
		name: string;
		metadata: string;
		static create(properties: livekit.CreateSIPTrunkRequest.$Shape): livekit.CreateSIPTrunkRequest & livekit.CreateSIPTrunkRequest.$Shape;
		static create(properties?: livekit.CreateSIPTrunkRequest.$Properties): livekit.CreateSIPTrunkRequest;
		static encode(message: livekit.CreateSIPTrunkRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.CreateSIPTrunkRequest & livekit.CreateSIPTrunkRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace CreateSIPTrunkRequest {
		interface $Properties {
			inboundAddresses?: (string[]|null);
			outboundAddress?: (string|null);
			outboundNumber?: (string|null);
			inboundNumbersRegex?: (string[]|null);
			inboundNumbers?: (string[]|null);
			inboundUsername?: (string|null);
			inboundPassword?: (string|null);
			outboundUsername?: (string|null);
			outboundPassword?: (string|null);
			name?: (string|null);
			metadata?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.CreateSIPTrunkRequest.$Properties;
	}

	interface ISIPCodec extends livekit.SIPCodec.$Properties {
	}

	class SIPCodec {
		constructor(properties?: livekit.SIPCodec.$Properties);
		$unknowns?: Uint8Array[];
		name: string;
		rate: number;
		static create(properties: livekit.SIPCodec.$Shape): livekit.SIPCodec & livekit.SIPCodec.$Shape;
		static create(properties?: livekit.SIPCodec.$Properties): livekit.SIPCodec;
		static encode(message: livekit.SIPCodec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPCodec & livekit.SIPCodec.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPCodec {
		interface $Properties {
			name?: (string|null);
			rate?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPCodec.$Properties;
	}

	interface ISIPMediaConfig extends livekit.SIPMediaConfig.$Properties {
	}

	class SIPMediaConfig {
		constructor(properties?: livekit.SIPMediaConfig.$Properties);
		$unknowns?: Uint8Array[];
		onlyListedCodecs: boolean;
		codecs: livekit.SIPCodec.$Properties[];
		encryption?: (livekit.SIPMediaEncryption|null);
		mediaTimeout?: (google.protobuf.Duration.$Properties|null);
		dropAudioDuringDtmf: boolean;
		static create(properties: livekit.SIPMediaConfig.$Shape): livekit.SIPMediaConfig & livekit.SIPMediaConfig.$Shape;
		static create(properties?: livekit.SIPMediaConfig.$Properties): livekit.SIPMediaConfig;
		static encode(message: livekit.SIPMediaConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPMediaConfig & livekit.SIPMediaConfig.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPMediaConfig {
		interface $Properties {
			onlyListedCodecs?: (boolean|null);
			codecs?: (livekit.SIPCodec.$Properties[]|null);
			encryption?: (livekit.SIPMediaEncryption|null);
			mediaTimeout?: (google.protobuf.Duration.$Properties|null);
			dropAudioDuringDtmf?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPMediaConfig.$Properties;
	}

	interface IProviderInfo extends livekit.ProviderInfo.$Properties {
	}

	class ProviderInfo {
		constructor(properties?: livekit.ProviderInfo.$Properties);
		$unknowns?: Uint8Array[];
		id: string;
		name: string;
		type: livekit.ProviderType;
		preventTransfer: boolean;
		static create(properties: livekit.ProviderInfo.$Shape): livekit.ProviderInfo & livekit.ProviderInfo.$Shape;
		static create(properties?: livekit.ProviderInfo.$Properties): livekit.ProviderInfo;
		static encode(message: livekit.ProviderInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ProviderInfo & livekit.ProviderInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ProviderInfo {
		interface $Properties {
			id?: (string|null);
			name?: (string|null);
			type?: (livekit.ProviderType|null);
			preventTransfer?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ProviderInfo.$Properties;
	}

	interface ISIPTrunkInfo extends livekit.SIPTrunkInfo.$Properties {
	}

	class SIPTrunkInfo {
		constructor(properties?: livekit.SIPTrunkInfo.$Properties);
		$unknowns?: Uint8Array[];
		sipTrunkId: string;
		kind: livekit.SIPTrunkInfo.TrunkKind;
		inboundAddresses: string[];
		outboundAddress: string;
		outboundNumber: string;
		transport: livekit.SIPTransport;
		inboundNumbersRegex: string[];
		inboundNumbers: string[];
		inboundUsername: string;
		inboundPassword: string;
		outboundUsername: string;
		outboundPassword: string;
		name: string;
		metadata: string;
		static create(properties: livekit.SIPTrunkInfo.$Shape): livekit.SIPTrunkInfo & livekit.SIPTrunkInfo.$Shape;
		static create(properties?: livekit.SIPTrunkInfo.$Properties): livekit.SIPTrunkInfo;
		static encode(message: livekit.SIPTrunkInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPTrunkInfo & livekit.SIPTrunkInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPTrunkInfo {
		interface $Properties {
			sipTrunkId?: (string|null);
			kind?: (livekit.SIPTrunkInfo.TrunkKind|null);
			inboundAddresses?: (string[]|null);
			outboundAddress?: (string|null);
			outboundNumber?: (string|null);
			transport?: (livekit.SIPTransport|null);
			inboundNumbersRegex?: (string[]|null);
			inboundNumbers?: (string[]|null);
			inboundUsername?: (string|null);
			inboundPassword?: (string|null);
			outboundUsername?: (string|null);
			outboundPassword?: (string|null);
			name?: (string|null);
			metadata?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPTrunkInfo.$Properties;

		enum TrunkKind {
			TRUNK_LEGACY = 0,
			TRUNK_INBOUND = 1,
			TRUNK_OUTBOUND = 2
		}
	}

	interface ICreateSIPInboundTrunkRequest extends livekit.CreateSIPInboundTrunkRequest.$Properties {
	}

	class CreateSIPInboundTrunkRequest {
		constructor(properties?: livekit.CreateSIPInboundTrunkRequest.$Properties);
		$unknowns?: Uint8Array[];
		trunk?: (livekit.SIPInboundTrunkInfo.$Properties|null);
		static create(properties: livekit.CreateSIPInboundTrunkRequest.$Shape): livekit.CreateSIPInboundTrunkRequest & livekit.CreateSIPInboundTrunkRequest.$Shape;
		static create(properties?: livekit.CreateSIPInboundTrunkRequest.$Properties): livekit.CreateSIPInboundTrunkRequest;
		static encode(message: livekit.CreateSIPInboundTrunkRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.CreateSIPInboundTrunkRequest & livekit.CreateSIPInboundTrunkRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace CreateSIPInboundTrunkRequest {
		interface $Properties {
			trunk?: (livekit.SIPInboundTrunkInfo.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.CreateSIPInboundTrunkRequest.$Properties;
	}

	interface IUpdateSIPInboundTrunkRequest extends livekit.UpdateSIPInboundTrunkRequest.$Properties {
	}

	class UpdateSIPInboundTrunkRequest {
		constructor(properties?: livekit.UpdateSIPInboundTrunkRequest.$Properties);
		$unknowns?: Uint8Array[];
		sipTrunkId: string;
		replace?: (livekit.SIPInboundTrunkInfo.$Properties|null);
		update?: (livekit.SIPInboundTrunkUpdate.$Properties|null);
		action?: ("replace"|"update");
		static create(properties: livekit.UpdateSIPInboundTrunkRequest.$Shape): livekit.UpdateSIPInboundTrunkRequest & livekit.UpdateSIPInboundTrunkRequest.$Shape;
		static create(properties?: livekit.UpdateSIPInboundTrunkRequest.$Properties): livekit.UpdateSIPInboundTrunkRequest;
		static encode(message: livekit.UpdateSIPInboundTrunkRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateSIPInboundTrunkRequest & livekit.UpdateSIPInboundTrunkRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateSIPInboundTrunkRequest {
		interface $Properties {
			sipTrunkId?: (string|null);
			replace?: (livekit.SIPInboundTrunkInfo.$Properties|null);
			update?: (livekit.SIPInboundTrunkUpdate.$Properties|null);
			action?: ("replace"|"update");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  sipTrunkId?: string|null;
		  replace?: livekit.SIPInboundTrunkInfo.$Shape|null;
		  update?: livekit.SIPInboundTrunkUpdate.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ action?: undefined; replace?: null; update?: null }|{ action?: "replace"; replace: livekit.SIPInboundTrunkInfo.$Shape; update?: null }|{ action?: "update"; replace?: null; update: livekit.SIPInboundTrunkUpdate.$Shape })
		);
	}

	interface ISIPInboundTrunkInfo extends livekit.SIPInboundTrunkInfo.$Properties {
	}

	class SIPInboundTrunkInfo {
		constructor(properties?: livekit.SIPInboundTrunkInfo.$Properties);
		$unknowns?: Uint8Array[];
		sipTrunkId: string;
		name: string;
		metadata: string;
		numbers: string[];
		allowedAddresses: string[];
		allowedNumbers: string[];
		authUsername: string;
		authPassword: string;
		authRealm: string;
		headers: { [k: string]: string };
		headersToAttributes: { [k: string]: string };
		attributesToHeaders: { [k: string]: string };
		includeHeaders: livekit.SIPHeaderOptions;
		ringingTimeout?: (google.protobuf.Duration.$Properties|null);
		maxCallDuration?: (google.protobuf.Duration.$Properties|null);
		krispEnabled: boolean;
		mediaEncryption: livekit.SIPMediaEncryption;
		media?: (livekit.SIPMediaConfig.$Properties|null);
		createdAt?: (google.protobuf.Timestamp.$Properties|null);
		updatedAt?: (google.protobuf.Timestamp.$Properties|null);
		ringingTimeoutStatus: livekit.SIPStatusCode;
		static create(properties: livekit.SIPInboundTrunkInfo.$Shape): livekit.SIPInboundTrunkInfo & livekit.SIPInboundTrunkInfo.$Shape;
		static create(properties?: livekit.SIPInboundTrunkInfo.$Properties): livekit.SIPInboundTrunkInfo;
		static encode(message: livekit.SIPInboundTrunkInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPInboundTrunkInfo & livekit.SIPInboundTrunkInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPInboundTrunkInfo {
		interface $Properties {
			sipTrunkId?: (string|null);
			name?: (string|null);
			metadata?: (string|null);
			numbers?: (string[]|null);
			allowedAddresses?: (string[]|null);
			allowedNumbers?: (string[]|null);
			authUsername?: (string|null);
			authPassword?: (string|null);
			authRealm?: (string|null);
			headers?: ({ [k: string]: string }|null);
			headersToAttributes?: ({ [k: string]: string }|null);
			attributesToHeaders?: ({ [k: string]: string }|null);
			includeHeaders?: (livekit.SIPHeaderOptions|null);
			ringingTimeout?: (google.protobuf.Duration.$Properties|null);
			maxCallDuration?: (google.protobuf.Duration.$Properties|null);
			krispEnabled?: (boolean|null);
			mediaEncryption?: (livekit.SIPMediaEncryption|null);
			media?: (livekit.SIPMediaConfig.$Properties|null);
			createdAt?: (google.protobuf.Timestamp.$Properties|null);
			updatedAt?: (google.protobuf.Timestamp.$Properties|null);
			ringingTimeoutStatus?: (livekit.SIPStatusCode|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPInboundTrunkInfo.$Properties;
	}

	interface ISIPInboundTrunkUpdate extends livekit.SIPInboundTrunkUpdate.$Properties {
	}

	class SIPInboundTrunkUpdate {
		constructor(properties?: livekit.SIPInboundTrunkUpdate.$Properties);
		$unknowns?: Uint8Array[];
		numbers?: (livekit.ListUpdate.$Properties|null);
		allowedAddresses?: (livekit.ListUpdate.$Properties|null);
		allowedNumbers?: (livekit.ListUpdate.$Properties|null);
		authUsername?: (string|null);
		authPassword?: (string|null);
		authRealm?: (string|null);
		name?: (string|null);
		metadata?: (string|null);
		mediaEncryption?: (livekit.SIPMediaEncryption|null);
		media?: (livekit.SIPMediaConfig.$Properties|null);
		static create(properties: livekit.SIPInboundTrunkUpdate.$Shape): livekit.SIPInboundTrunkUpdate & livekit.SIPInboundTrunkUpdate.$Shape;
		static create(properties?: livekit.SIPInboundTrunkUpdate.$Properties): livekit.SIPInboundTrunkUpdate;
		static encode(message: livekit.SIPInboundTrunkUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPInboundTrunkUpdate & livekit.SIPInboundTrunkUpdate.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPInboundTrunkUpdate {
		interface $Properties {
			numbers?: (livekit.ListUpdate.$Properties|null);
			allowedAddresses?: (livekit.ListUpdate.$Properties|null);
			allowedNumbers?: (livekit.ListUpdate.$Properties|null);
			authUsername?: (string|null);
			authPassword?: (string|null);
			authRealm?: (string|null);
			name?: (string|null);
			metadata?: (string|null);
			mediaEncryption?: (livekit.SIPMediaEncryption|null);
			media?: (livekit.SIPMediaConfig.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPInboundTrunkUpdate.$Properties;
	}

	interface ICreateSIPOutboundTrunkRequest extends livekit.CreateSIPOutboundTrunkRequest.$Properties {
	}

	class CreateSIPOutboundTrunkRequest {
		constructor(properties?: livekit.CreateSIPOutboundTrunkRequest.$Properties);
		$unknowns?: Uint8Array[];
		trunk?: (livekit.SIPOutboundTrunkInfo.$Properties|null);
		static create(properties: livekit.CreateSIPOutboundTrunkRequest.$Shape): livekit.CreateSIPOutboundTrunkRequest & livekit.CreateSIPOutboundTrunkRequest.$Shape;
		static create(properties?: livekit.CreateSIPOutboundTrunkRequest.$Properties): livekit.CreateSIPOutboundTrunkRequest;
		static encode(message: livekit.CreateSIPOutboundTrunkRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.CreateSIPOutboundTrunkRequest & livekit.CreateSIPOutboundTrunkRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace CreateSIPOutboundTrunkRequest {
		interface $Properties {
			trunk?: (livekit.SIPOutboundTrunkInfo.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.CreateSIPOutboundTrunkRequest.$Properties;
	}

	interface IUpdateSIPOutboundTrunkRequest extends livekit.UpdateSIPOutboundTrunkRequest.$Properties {
	}

	class UpdateSIPOutboundTrunkRequest {
		constructor(properties?: livekit.UpdateSIPOutboundTrunkRequest.$Properties);
		$unknowns?: Uint8Array[];
		sipTrunkId: string;
		replace?: (livekit.SIPOutboundTrunkInfo.$Properties|null);
		update?: (livekit.SIPOutboundTrunkUpdate.$Properties|null);
		action?: ("replace"|"update");
		static create(properties: livekit.UpdateSIPOutboundTrunkRequest.$Shape): livekit.UpdateSIPOutboundTrunkRequest & livekit.UpdateSIPOutboundTrunkRequest.$Shape;
		static create(properties?: livekit.UpdateSIPOutboundTrunkRequest.$Properties): livekit.UpdateSIPOutboundTrunkRequest;
		static encode(message: livekit.UpdateSIPOutboundTrunkRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateSIPOutboundTrunkRequest & livekit.UpdateSIPOutboundTrunkRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateSIPOutboundTrunkRequest {
		interface $Properties {
			sipTrunkId?: (string|null);
			replace?: (livekit.SIPOutboundTrunkInfo.$Properties|null);
			update?: (livekit.SIPOutboundTrunkUpdate.$Properties|null);
			action?: ("replace"|"update");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  sipTrunkId?: string|null;
		  replace?: livekit.SIPOutboundTrunkInfo.$Shape|null;
		  update?: livekit.SIPOutboundTrunkUpdate.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ action?: undefined; replace?: null; update?: null }|{ action?: "replace"; replace: livekit.SIPOutboundTrunkInfo.$Shape; update?: null }|{ action?: "update"; replace?: null; update: livekit.SIPOutboundTrunkUpdate.$Shape })
		);
	}

	interface ISIPOutboundTrunkInfo extends livekit.SIPOutboundTrunkInfo.$Properties {
	}

	class SIPOutboundTrunkInfo {
		constructor(properties?: livekit.SIPOutboundTrunkInfo.$Properties);
		$unknowns?: Uint8Array[];
		sipTrunkId: string;
		name: string;
		metadata: string;
		address: string;
		destinationCountry: string;
		transport: livekit.SIPTransport;
		numbers: string[];
		authUsername: string;
		authPassword: string;
		headers: { [k: string]: string };
		headersToAttributes: { [k: string]: string };
		attributesToHeaders: { [k: string]: string };
		includeHeaders: livekit.SIPHeaderOptions;
		mediaEncryption: livekit.SIPMediaEncryption;
		media?: (livekit.SIPMediaConfig.$Properties|null);
		fromHost: string;
		createdAt?: (google.protobuf.Timestamp.$Properties|null);
		updatedAt?: (google.protobuf.Timestamp.$Properties|null);
		static create(properties: livekit.SIPOutboundTrunkInfo.$Shape): livekit.SIPOutboundTrunkInfo & livekit.SIPOutboundTrunkInfo.$Shape;
		static create(properties?: livekit.SIPOutboundTrunkInfo.$Properties): livekit.SIPOutboundTrunkInfo;
		static encode(message: livekit.SIPOutboundTrunkInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPOutboundTrunkInfo & livekit.SIPOutboundTrunkInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPOutboundTrunkInfo {
		interface $Properties {
			sipTrunkId?: (string|null);
			name?: (string|null);
			metadata?: (string|null);
			address?: (string|null);
			destinationCountry?: (string|null);
			transport?: (livekit.SIPTransport|null);
			numbers?: (string[]|null);
			authUsername?: (string|null);
			authPassword?: (string|null);
			headers?: ({ [k: string]: string }|null);
			headersToAttributes?: ({ [k: string]: string }|null);
			attributesToHeaders?: ({ [k: string]: string }|null);
			includeHeaders?: (livekit.SIPHeaderOptions|null);
			mediaEncryption?: (livekit.SIPMediaEncryption|null);
			media?: (livekit.SIPMediaConfig.$Properties|null);
			fromHost?: (string|null);
			createdAt?: (google.protobuf.Timestamp.$Properties|null);
			updatedAt?: (google.protobuf.Timestamp.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPOutboundTrunkInfo.$Properties;
	}

	interface ISIPOutboundTrunkUpdate extends livekit.SIPOutboundTrunkUpdate.$Properties {
	}

	class SIPOutboundTrunkUpdate {
		constructor(properties?: livekit.SIPOutboundTrunkUpdate.$Properties);
		$unknowns?: Uint8Array[];
		address?: (string|null);
		transport?: (livekit.SIPTransport|null);
		destinationCountry?: (string|null);
		numbers?: (livekit.ListUpdate.$Properties|null);
		authUsername?: (string|null);
		authPassword?: (string|null);
		name?: (string|null);
		metadata?: (string|null);
		mediaEncryption?: (livekit.SIPMediaEncryption|null);
		media?: (livekit.SIPMediaConfig.$Properties|null);
		fromHost?: (string|null);
		static create(properties: livekit.SIPOutboundTrunkUpdate.$Shape): livekit.SIPOutboundTrunkUpdate & livekit.SIPOutboundTrunkUpdate.$Shape;
		static create(properties?: livekit.SIPOutboundTrunkUpdate.$Properties): livekit.SIPOutboundTrunkUpdate;
		static encode(message: livekit.SIPOutboundTrunkUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPOutboundTrunkUpdate & livekit.SIPOutboundTrunkUpdate.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPOutboundTrunkUpdate {
		interface $Properties {
			address?: (string|null);
			transport?: (livekit.SIPTransport|null);
			destinationCountry?: (string|null);
			numbers?: (livekit.ListUpdate.$Properties|null);
			authUsername?: (string|null);
			authPassword?: (string|null);
			name?: (string|null);
			metadata?: (string|null);
			mediaEncryption?: (livekit.SIPMediaEncryption|null);
			media?: (livekit.SIPMediaConfig.$Properties|null);
			fromHost?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPOutboundTrunkUpdate.$Properties;
	}

	interface IGetSIPInboundTrunkRequest extends livekit.GetSIPInboundTrunkRequest.$Properties {
	}

	class GetSIPInboundTrunkRequest {
		constructor(properties?: livekit.GetSIPInboundTrunkRequest.$Properties);
		$unknowns?: Uint8Array[];
		sipTrunkId: string;
		static create(properties: livekit.GetSIPInboundTrunkRequest.$Shape): livekit.GetSIPInboundTrunkRequest & livekit.GetSIPInboundTrunkRequest.$Shape;
		static create(properties?: livekit.GetSIPInboundTrunkRequest.$Properties): livekit.GetSIPInboundTrunkRequest;
		static encode(message: livekit.GetSIPInboundTrunkRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.GetSIPInboundTrunkRequest & livekit.GetSIPInboundTrunkRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace GetSIPInboundTrunkRequest {
		interface $Properties {
			sipTrunkId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.GetSIPInboundTrunkRequest.$Properties;
	}

	interface IGetSIPInboundTrunkResponse extends livekit.GetSIPInboundTrunkResponse.$Properties {
	}

	class GetSIPInboundTrunkResponse {
		constructor(properties?: livekit.GetSIPInboundTrunkResponse.$Properties);
		$unknowns?: Uint8Array[];
		trunk?: (livekit.SIPInboundTrunkInfo.$Properties|null);
		static create(properties: livekit.GetSIPInboundTrunkResponse.$Shape): livekit.GetSIPInboundTrunkResponse & livekit.GetSIPInboundTrunkResponse.$Shape;
		static create(properties?: livekit.GetSIPInboundTrunkResponse.$Properties): livekit.GetSIPInboundTrunkResponse;
		static encode(message: livekit.GetSIPInboundTrunkResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.GetSIPInboundTrunkResponse & livekit.GetSIPInboundTrunkResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace GetSIPInboundTrunkResponse {
		interface $Properties {
			trunk?: (livekit.SIPInboundTrunkInfo.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.GetSIPInboundTrunkResponse.$Properties;
	}

	interface IGetSIPOutboundTrunkRequest extends livekit.GetSIPOutboundTrunkRequest.$Properties {
	}

	class GetSIPOutboundTrunkRequest {
		constructor(properties?: livekit.GetSIPOutboundTrunkRequest.$Properties);
		$unknowns?: Uint8Array[];
		sipTrunkId: string;
		static create(properties: livekit.GetSIPOutboundTrunkRequest.$Shape): livekit.GetSIPOutboundTrunkRequest & livekit.GetSIPOutboundTrunkRequest.$Shape;
		static create(properties?: livekit.GetSIPOutboundTrunkRequest.$Properties): livekit.GetSIPOutboundTrunkRequest;
		static encode(message: livekit.GetSIPOutboundTrunkRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.GetSIPOutboundTrunkRequest & livekit.GetSIPOutboundTrunkRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace GetSIPOutboundTrunkRequest {
		interface $Properties {
			sipTrunkId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.GetSIPOutboundTrunkRequest.$Properties;
	}

	interface IGetSIPOutboundTrunkResponse extends livekit.GetSIPOutboundTrunkResponse.$Properties {
	}

	class GetSIPOutboundTrunkResponse {
		constructor(properties?: livekit.GetSIPOutboundTrunkResponse.$Properties);
		$unknowns?: Uint8Array[];
		trunk?: (livekit.SIPOutboundTrunkInfo.$Properties|null);
		static create(properties: livekit.GetSIPOutboundTrunkResponse.$Shape): livekit.GetSIPOutboundTrunkResponse & livekit.GetSIPOutboundTrunkResponse.$Shape;
		static create(properties?: livekit.GetSIPOutboundTrunkResponse.$Properties): livekit.GetSIPOutboundTrunkResponse;
		static encode(message: livekit.GetSIPOutboundTrunkResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.GetSIPOutboundTrunkResponse & livekit.GetSIPOutboundTrunkResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace GetSIPOutboundTrunkResponse {
		interface $Properties {
			trunk?: (livekit.SIPOutboundTrunkInfo.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.GetSIPOutboundTrunkResponse.$Properties;
	}

	interface IListSIPTrunkRequest extends livekit.ListSIPTrunkRequest.$Properties {
	}

	class ListSIPTrunkRequest {
		constructor(properties?: livekit.ListSIPTrunkRequest.$Properties);
		$unknowns?: Uint8Array[];
		page?: (livekit.Pagination.$Properties|null);
		static create(properties: livekit.ListSIPTrunkRequest.$Shape): livekit.ListSIPTrunkRequest & livekit.ListSIPTrunkRequest.$Shape;
		static create(properties?: livekit.ListSIPTrunkRequest.$Properties): livekit.ListSIPTrunkRequest;
		static encode(message: livekit.ListSIPTrunkRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListSIPTrunkRequest & livekit.ListSIPTrunkRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListSIPTrunkRequest {
		interface $Properties {
			page?: (livekit.Pagination.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListSIPTrunkRequest.$Properties;
	}

	interface IListSIPTrunkResponse extends livekit.ListSIPTrunkResponse.$Properties {
	}

	class ListSIPTrunkResponse {
		constructor(properties?: livekit.ListSIPTrunkResponse.$Properties);
		$unknowns?: Uint8Array[];
		items: livekit.SIPTrunkInfo.$Properties[];
		static create(properties: livekit.ListSIPTrunkResponse.$Shape): livekit.ListSIPTrunkResponse & livekit.ListSIPTrunkResponse.$Shape;
		static create(properties?: livekit.ListSIPTrunkResponse.$Properties): livekit.ListSIPTrunkResponse;
		static encode(message: livekit.ListSIPTrunkResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListSIPTrunkResponse & livekit.ListSIPTrunkResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListSIPTrunkResponse {
		interface $Properties {
			items?: (livekit.SIPTrunkInfo.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListSIPTrunkResponse.$Properties;
	}

	interface IListSIPInboundTrunkRequest extends livekit.ListSIPInboundTrunkRequest.$Properties {
	}

	class ListSIPInboundTrunkRequest {
		constructor(properties?: livekit.ListSIPInboundTrunkRequest.$Properties);
		$unknowns?: Uint8Array[];
		page?: (livekit.Pagination.$Properties|null);
		trunkIds: string[];
		numbers: string[];
		static create(properties: livekit.ListSIPInboundTrunkRequest.$Shape): livekit.ListSIPInboundTrunkRequest & livekit.ListSIPInboundTrunkRequest.$Shape;
		static create(properties?: livekit.ListSIPInboundTrunkRequest.$Properties): livekit.ListSIPInboundTrunkRequest;
		static encode(message: livekit.ListSIPInboundTrunkRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListSIPInboundTrunkRequest & livekit.ListSIPInboundTrunkRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListSIPInboundTrunkRequest {
		interface $Properties {
			page?: (livekit.Pagination.$Properties|null);
			trunkIds?: (string[]|null);
			numbers?: (string[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListSIPInboundTrunkRequest.$Properties;
	}

	interface IListSIPInboundTrunkResponse extends livekit.ListSIPInboundTrunkResponse.$Properties {
	}

	class ListSIPInboundTrunkResponse {
		constructor(properties?: livekit.ListSIPInboundTrunkResponse.$Properties);
		$unknowns?: Uint8Array[];
		items: livekit.SIPInboundTrunkInfo.$Properties[];
		static create(properties: livekit.ListSIPInboundTrunkResponse.$Shape): livekit.ListSIPInboundTrunkResponse & livekit.ListSIPInboundTrunkResponse.$Shape;
		static create(properties?: livekit.ListSIPInboundTrunkResponse.$Properties): livekit.ListSIPInboundTrunkResponse;
		static encode(message: livekit.ListSIPInboundTrunkResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListSIPInboundTrunkResponse & livekit.ListSIPInboundTrunkResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListSIPInboundTrunkResponse {
		interface $Properties {
			items?: (livekit.SIPInboundTrunkInfo.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListSIPInboundTrunkResponse.$Properties;
	}

	interface IListSIPOutboundTrunkRequest extends livekit.ListSIPOutboundTrunkRequest.$Properties {
	}

	class ListSIPOutboundTrunkRequest {
		constructor(properties?: livekit.ListSIPOutboundTrunkRequest.$Properties);
		$unknowns?: Uint8Array[];
		page?: (livekit.Pagination.$Properties|null);
		trunkIds: string[];
		numbers: string[];
		static create(properties: livekit.ListSIPOutboundTrunkRequest.$Shape): livekit.ListSIPOutboundTrunkRequest & livekit.ListSIPOutboundTrunkRequest.$Shape;
		static create(properties?: livekit.ListSIPOutboundTrunkRequest.$Properties): livekit.ListSIPOutboundTrunkRequest;
		static encode(message: livekit.ListSIPOutboundTrunkRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListSIPOutboundTrunkRequest & livekit.ListSIPOutboundTrunkRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListSIPOutboundTrunkRequest {
		interface $Properties {
			page?: (livekit.Pagination.$Properties|null);
			trunkIds?: (string[]|null);
			numbers?: (string[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListSIPOutboundTrunkRequest.$Properties;
	}

	interface IListSIPOutboundTrunkResponse extends livekit.ListSIPOutboundTrunkResponse.$Properties {
	}

	class ListSIPOutboundTrunkResponse {
		constructor(properties?: livekit.ListSIPOutboundTrunkResponse.$Properties);
		$unknowns?: Uint8Array[];
		items: livekit.SIPOutboundTrunkInfo.$Properties[];
		static create(properties: livekit.ListSIPOutboundTrunkResponse.$Shape): livekit.ListSIPOutboundTrunkResponse & livekit.ListSIPOutboundTrunkResponse.$Shape;
		static create(properties?: livekit.ListSIPOutboundTrunkResponse.$Properties): livekit.ListSIPOutboundTrunkResponse;
		static encode(message: livekit.ListSIPOutboundTrunkResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListSIPOutboundTrunkResponse & livekit.ListSIPOutboundTrunkResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListSIPOutboundTrunkResponse {
		interface $Properties {
			items?: (livekit.SIPOutboundTrunkInfo.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListSIPOutboundTrunkResponse.$Properties;
	}

	interface IDeleteSIPTrunkRequest extends livekit.DeleteSIPTrunkRequest.$Properties {
	}

	class DeleteSIPTrunkRequest {
		constructor(properties?: livekit.DeleteSIPTrunkRequest.$Properties);
		$unknowns?: Uint8Array[];
		sipTrunkId: string;
		static create(properties: livekit.DeleteSIPTrunkRequest.$Shape): livekit.DeleteSIPTrunkRequest & livekit.DeleteSIPTrunkRequest.$Shape;
		static create(properties?: livekit.DeleteSIPTrunkRequest.$Properties): livekit.DeleteSIPTrunkRequest;
		static encode(message: livekit.DeleteSIPTrunkRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DeleteSIPTrunkRequest & livekit.DeleteSIPTrunkRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DeleteSIPTrunkRequest {
		interface $Properties {
			sipTrunkId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DeleteSIPTrunkRequest.$Properties;
	}

	interface ISIPDispatchRuleDirect extends livekit.SIPDispatchRuleDirect.$Properties {
	}

	class SIPDispatchRuleDirect {
		constructor(properties?: livekit.SIPDispatchRuleDirect.$Properties);
		$unknowns?: Uint8Array[];
		roomName: string;
		pin: string;
		static create(properties: livekit.SIPDispatchRuleDirect.$Shape): livekit.SIPDispatchRuleDirect & livekit.SIPDispatchRuleDirect.$Shape;
		static create(properties?: livekit.SIPDispatchRuleDirect.$Properties): livekit.SIPDispatchRuleDirect;
		static encode(message: livekit.SIPDispatchRuleDirect.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPDispatchRuleDirect & livekit.SIPDispatchRuleDirect.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPDispatchRuleDirect {
		interface $Properties {
			roomName?: (string|null);
			pin?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPDispatchRuleDirect.$Properties;
	}

	interface ISIPDispatchRuleIndividual extends livekit.SIPDispatchRuleIndividual.$Properties {
	}

	class SIPDispatchRuleIndividual {
		constructor(properties?: livekit.SIPDispatchRuleIndividual.$Properties);
		$unknowns?: Uint8Array[];
		roomPrefix: string;
		pin: string;
		noRandomness: boolean;
		static create(properties: livekit.SIPDispatchRuleIndividual.$Shape): livekit.SIPDispatchRuleIndividual & livekit.SIPDispatchRuleIndividual.$Shape;
		static create(properties?: livekit.SIPDispatchRuleIndividual.$Properties): livekit.SIPDispatchRuleIndividual;
		static encode(message: livekit.SIPDispatchRuleIndividual.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPDispatchRuleIndividual & livekit.SIPDispatchRuleIndividual.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPDispatchRuleIndividual {
		interface $Properties {
			roomPrefix?: (string|null);
			pin?: (string|null);
			noRandomness?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPDispatchRuleIndividual.$Properties;
	}

	interface ISIPDispatchRuleCallee extends livekit.SIPDispatchRuleCallee.$Properties {
	}

	class SIPDispatchRuleCallee {
		constructor(properties?: livekit.SIPDispatchRuleCallee.$Properties);
		$unknowns?: Uint8Array[];
		roomPrefix: string;
		pin: string;
		randomize: boolean;
		static create(properties: livekit.SIPDispatchRuleCallee.$Shape): livekit.SIPDispatchRuleCallee & livekit.SIPDispatchRuleCallee.$Shape;
		static create(properties?: livekit.SIPDispatchRuleCallee.$Properties): livekit.SIPDispatchRuleCallee;
		static encode(message: livekit.SIPDispatchRuleCallee.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPDispatchRuleCallee & livekit.SIPDispatchRuleCallee.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPDispatchRuleCallee {
		interface $Properties {
			roomPrefix?: (string|null);
			pin?: (string|null);
			randomize?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPDispatchRuleCallee.$Properties;
	}

	interface ISIPDispatchRule extends livekit.SIPDispatchRule.$Properties {
	}

	class SIPDispatchRule {
		constructor(properties?: livekit.SIPDispatchRule.$Properties);
		$unknowns?: Uint8Array[];
		dispatchRuleDirect?: (livekit.SIPDispatchRuleDirect.$Properties|null);
		dispatchRuleIndividual?: (livekit.SIPDispatchRuleIndividual.$Properties|null);
		dispatchRuleCallee?: (livekit.SIPDispatchRuleCallee.$Properties|null);
		rule?: ("dispatchRuleDirect"|"dispatchRuleIndividual"|"dispatchRuleCallee");
		static create(properties: livekit.SIPDispatchRule.$Shape): livekit.SIPDispatchRule & livekit.SIPDispatchRule.$Shape;
		static create(properties?: livekit.SIPDispatchRule.$Properties): livekit.SIPDispatchRule;
		static encode(message: livekit.SIPDispatchRule.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPDispatchRule & livekit.SIPDispatchRule.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPDispatchRule {
		interface $Properties {
			dispatchRuleDirect?: (livekit.SIPDispatchRuleDirect.$Properties|null);
			dispatchRuleIndividual?: (livekit.SIPDispatchRuleIndividual.$Properties|null);
			dispatchRuleCallee?: (livekit.SIPDispatchRuleCallee.$Properties|null);
			rule?: ("dispatchRuleDirect"|"dispatchRuleIndividual"|"dispatchRuleCallee");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  dispatchRuleDirect?: livekit.SIPDispatchRuleDirect.$Shape|null;
		  dispatchRuleIndividual?: livekit.SIPDispatchRuleIndividual.$Shape|null;
		  dispatchRuleCallee?: livekit.SIPDispatchRuleCallee.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ rule?: undefined; dispatchRuleDirect?: null; dispatchRuleIndividual?: null; dispatchRuleCallee?: null }|{ rule?: "dispatchRuleDirect"; dispatchRuleDirect: livekit.SIPDispatchRuleDirect.$Shape; dispatchRuleIndividual?: null; dispatchRuleCallee?: null }|{ rule?: "dispatchRuleIndividual"; dispatchRuleDirect?: null; dispatchRuleIndividual: livekit.SIPDispatchRuleIndividual.$Shape; dispatchRuleCallee?: null }|{ rule?: "dispatchRuleCallee"; dispatchRuleDirect?: null; dispatchRuleIndividual?: null; dispatchRuleCallee: livekit.SIPDispatchRuleCallee.$Shape })
		);
	}

	interface ICreateSIPDispatchRuleRequest extends livekit.CreateSIPDispatchRuleRequest.$Properties {
	}

	class CreateSIPDispatchRuleRequest {
		constructor(properties?: livekit.CreateSIPDispatchRuleRequest.$Properties);
		$unknowns?: Uint8Array[];
		dispatchRule?: (livekit.SIPDispatchRuleInfo.$Properties|null);
		rule?: (livekit.SIPDispatchRule.$Properties|null);
		trunkIds: string[];
		hidePhoneNumber: boolean;
		inboundNumbers: string[];
		name: string;
		metadata: string;
		attributes: { [k: string]: string };
		roomPreset: string;
		roomConfig?: (livekit.RoomConfiguration.$Properties|null);
		static create(properties: livekit.CreateSIPDispatchRuleRequest.$Shape): livekit.CreateSIPDispatchRuleRequest & livekit.CreateSIPDispatchRuleRequest.$Shape;
		static create(properties?: livekit.CreateSIPDispatchRuleRequest.$Properties): livekit.CreateSIPDispatchRuleRequest;
		static encode(message: livekit.CreateSIPDispatchRuleRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.CreateSIPDispatchRuleRequest & livekit.CreateSIPDispatchRuleRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace CreateSIPDispatchRuleRequest {
		interface $Properties {
			dispatchRule?: (livekit.SIPDispatchRuleInfo.$Properties|null);
			rule?: (livekit.SIPDispatchRule.$Properties|null);
			trunkIds?: (string[]|null);
			hidePhoneNumber?: (boolean|null);
			inboundNumbers?: (string[]|null);
			name?: (string|null);
			metadata?: (string|null);
			attributes?: ({ [k: string]: string }|null);
			roomPreset?: (string|null);
			roomConfig?: (livekit.RoomConfiguration.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  dispatchRule?: livekit.SIPDispatchRuleInfo.$Shape|null;
		  rule?: livekit.SIPDispatchRule.$Shape|null;
		  trunkIds?: string[]|null;
		  hidePhoneNumber?: boolean|null;
		  inboundNumbers?: string[]|null;
		  name?: string|null;
		  metadata?: string|null;
		  attributes?: { [k: string]: string }|null;
		  roomPreset?: string|null;
		  roomConfig?: livekit.RoomConfiguration.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IUpdateSIPDispatchRuleRequest extends livekit.UpdateSIPDispatchRuleRequest.$Properties {
	}

	class UpdateSIPDispatchRuleRequest {
		constructor(properties?: livekit.UpdateSIPDispatchRuleRequest.$Properties);
		$unknowns?: Uint8Array[];
		sipDispatchRuleId: string;
		replace?: (livekit.SIPDispatchRuleInfo.$Properties|null);
		update?: (livekit.SIPDispatchRuleUpdate.$Properties|null);
		action?: ("replace"|"update");
		static create(properties: livekit.UpdateSIPDispatchRuleRequest.$Shape): livekit.UpdateSIPDispatchRuleRequest & livekit.UpdateSIPDispatchRuleRequest.$Shape;
		static create(properties?: livekit.UpdateSIPDispatchRuleRequest.$Properties): livekit.UpdateSIPDispatchRuleRequest;
		static encode(message: livekit.UpdateSIPDispatchRuleRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateSIPDispatchRuleRequest & livekit.UpdateSIPDispatchRuleRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateSIPDispatchRuleRequest {
		interface $Properties {
			sipDispatchRuleId?: (string|null);
			replace?: (livekit.SIPDispatchRuleInfo.$Properties|null);
			update?: (livekit.SIPDispatchRuleUpdate.$Properties|null);
			action?: ("replace"|"update");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  sipDispatchRuleId?: string|null;
		  replace?: livekit.SIPDispatchRuleInfo.$Shape|null;
		  update?: livekit.SIPDispatchRuleUpdate.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ action?: undefined; replace?: null; update?: null }|{ action?: "replace"; replace: livekit.SIPDispatchRuleInfo.$Shape; update?: null }|{ action?: "update"; replace?: null; update: livekit.SIPDispatchRuleUpdate.$Shape })
		);
	}

	interface ISIPDispatchRuleInfo extends livekit.SIPDispatchRuleInfo.$Properties {
	}

	class SIPDispatchRuleInfo {
		constructor(properties?: livekit.SIPDispatchRuleInfo.$Properties);
		$unknowns?: Uint8Array[];
		sipDispatchRuleId: string;
		rule?: (livekit.SIPDispatchRule.$Properties|null);
		trunkIds: string[];
		hidePhoneNumber: boolean;
		inboundNumbers: string[];
		numbers: string[];
		name: string;
		metadata: string;
		attributes: { [k: string]: string };
		roomPreset: string;
		roomConfig?: (livekit.RoomConfiguration.$Properties|null);
		media?: (livekit.SIPMediaConfig.$Properties|null);
		krispEnabled: boolean;
		mediaEncryption: livekit.SIPMediaEncryption;
		createdAt?: (google.protobuf.Timestamp.$Properties|null);
		updatedAt?: (google.protobuf.Timestamp.$Properties|null);
		static create(properties: livekit.SIPDispatchRuleInfo.$Shape): livekit.SIPDispatchRuleInfo & livekit.SIPDispatchRuleInfo.$Shape;
		static create(properties?: livekit.SIPDispatchRuleInfo.$Properties): livekit.SIPDispatchRuleInfo;
		static encode(message: livekit.SIPDispatchRuleInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPDispatchRuleInfo & livekit.SIPDispatchRuleInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPDispatchRuleInfo {
		interface $Properties {
			sipDispatchRuleId?: (string|null);
			rule?: (livekit.SIPDispatchRule.$Properties|null);
			trunkIds?: (string[]|null);
			hidePhoneNumber?: (boolean|null);
			inboundNumbers?: (string[]|null);
			numbers?: (string[]|null);
			name?: (string|null);
			metadata?: (string|null);
			attributes?: ({ [k: string]: string }|null);
			roomPreset?: (string|null);
			roomConfig?: (livekit.RoomConfiguration.$Properties|null);
			media?: (livekit.SIPMediaConfig.$Properties|null);
			krispEnabled?: (boolean|null);
			mediaEncryption?: (livekit.SIPMediaEncryption|null);
			createdAt?: (google.protobuf.Timestamp.$Properties|null);
			updatedAt?: (google.protobuf.Timestamp.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  sipDispatchRuleId?: string|null;
		  rule?: livekit.SIPDispatchRule.$Shape|null;
		  trunkIds?: string[]|null;
		  hidePhoneNumber?: boolean|null;
		  inboundNumbers?: string[]|null;
		  numbers?: string[]|null;
		  name?: string|null;
		  metadata?: string|null;
		  attributes?: { [k: string]: string }|null;
		  roomPreset?: string|null;
		  roomConfig?: livekit.RoomConfiguration.$Shape|null;
		  media?: livekit.SIPMediaConfig.$Shape|null;
		  krispEnabled?: boolean|null;
		  mediaEncryption?: livekit.SIPMediaEncryption|null;
		  createdAt?: google.protobuf.Timestamp.$Shape|null;
		  updatedAt?: google.protobuf.Timestamp.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface ISIPDispatchRuleUpdate extends livekit.SIPDispatchRuleUpdate.$Properties {
	}

	class SIPDispatchRuleUpdate {
		constructor(properties?: livekit.SIPDispatchRuleUpdate.$Properties);
		$unknowns?: Uint8Array[];
		trunkIds?: (livekit.ListUpdate.$Properties|null);
		rule?: (livekit.SIPDispatchRule.$Properties|null);
		name?: (string|null);
		metadata?: (string|null);
		attributes: { [k: string]: string };
		mediaEncryption?: (livekit.SIPMediaEncryption|null);
		media?: (livekit.SIPMediaConfig.$Properties|null);
		static create(properties: livekit.SIPDispatchRuleUpdate.$Shape): livekit.SIPDispatchRuleUpdate & livekit.SIPDispatchRuleUpdate.$Shape;
		static create(properties?: livekit.SIPDispatchRuleUpdate.$Properties): livekit.SIPDispatchRuleUpdate;
		static encode(message: livekit.SIPDispatchRuleUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPDispatchRuleUpdate & livekit.SIPDispatchRuleUpdate.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPDispatchRuleUpdate {
		interface $Properties {
			trunkIds?: (livekit.ListUpdate.$Properties|null);
			rule?: (livekit.SIPDispatchRule.$Properties|null);
			name?: (string|null);
			metadata?: (string|null);
			attributes?: ({ [k: string]: string }|null);
			mediaEncryption?: (livekit.SIPMediaEncryption|null);
			media?: (livekit.SIPMediaConfig.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  trunkIds?: livekit.ListUpdate.$Shape|null;
		  rule?: livekit.SIPDispatchRule.$Shape|null;
		  name?: string|null;
		  metadata?: string|null;
		  attributes?: { [k: string]: string }|null;
		  mediaEncryption?: livekit.SIPMediaEncryption|null;
		  media?: livekit.SIPMediaConfig.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IListSIPDispatchRuleRequest extends livekit.ListSIPDispatchRuleRequest.$Properties {
	}

	class ListSIPDispatchRuleRequest {
		constructor(properties?: livekit.ListSIPDispatchRuleRequest.$Properties);
		$unknowns?: Uint8Array[];
		page?: (livekit.Pagination.$Properties|null);
		dispatchRuleIds: string[];
		trunkIds: string[];
		static create(properties: livekit.ListSIPDispatchRuleRequest.$Shape): livekit.ListSIPDispatchRuleRequest & livekit.ListSIPDispatchRuleRequest.$Shape;
		static create(properties?: livekit.ListSIPDispatchRuleRequest.$Properties): livekit.ListSIPDispatchRuleRequest;
		static encode(message: livekit.ListSIPDispatchRuleRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListSIPDispatchRuleRequest & livekit.ListSIPDispatchRuleRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListSIPDispatchRuleRequest {
		interface $Properties {
			page?: (livekit.Pagination.$Properties|null);
			dispatchRuleIds?: (string[]|null);
			trunkIds?: (string[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListSIPDispatchRuleRequest.$Properties;
	}

	interface IListSIPDispatchRuleResponse extends livekit.ListSIPDispatchRuleResponse.$Properties {
	}

	class ListSIPDispatchRuleResponse {
		constructor(properties?: livekit.ListSIPDispatchRuleResponse.$Properties);
		$unknowns?: Uint8Array[];
		items: livekit.SIPDispatchRuleInfo.$Properties[];
		static create(properties: livekit.ListSIPDispatchRuleResponse.$Shape): livekit.ListSIPDispatchRuleResponse & livekit.ListSIPDispatchRuleResponse.$Shape;
		static create(properties?: livekit.ListSIPDispatchRuleResponse.$Properties): livekit.ListSIPDispatchRuleResponse;
		static encode(message: livekit.ListSIPDispatchRuleResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListSIPDispatchRuleResponse & livekit.ListSIPDispatchRuleResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListSIPDispatchRuleResponse {
		interface $Properties {
			items?: (livekit.SIPDispatchRuleInfo.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  items?: livekit.SIPDispatchRuleInfo.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IDeleteSIPDispatchRuleRequest extends livekit.DeleteSIPDispatchRuleRequest.$Properties {
	}

	class DeleteSIPDispatchRuleRequest {
		constructor(properties?: livekit.DeleteSIPDispatchRuleRequest.$Properties);
		$unknowns?: Uint8Array[];
		sipDispatchRuleId: string;
		static create(properties: livekit.DeleteSIPDispatchRuleRequest.$Shape): livekit.DeleteSIPDispatchRuleRequest & livekit.DeleteSIPDispatchRuleRequest.$Shape;
		static create(properties?: livekit.DeleteSIPDispatchRuleRequest.$Properties): livekit.DeleteSIPDispatchRuleRequest;
		static encode(message: livekit.DeleteSIPDispatchRuleRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DeleteSIPDispatchRuleRequest & livekit.DeleteSIPDispatchRuleRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DeleteSIPDispatchRuleRequest {
		interface $Properties {
			sipDispatchRuleId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DeleteSIPDispatchRuleRequest.$Properties;
	}

	interface ISIPOutboundConfig extends livekit.SIPOutboundConfig.$Properties {
	}

	class SIPOutboundConfig {
		constructor(properties?: livekit.SIPOutboundConfig.$Properties);
		$unknowns?: Uint8Array[];
		hostname: string;
		destinationCountry: string;
		transport: livekit.SIPTransport;
		authUsername: string;
		authPassword: string;
		headersToAttributes: { [k: string]: string };
		attributesToHeaders: { [k: string]: string };
		fromHost: string;
		static create(properties: livekit.SIPOutboundConfig.$Shape): livekit.SIPOutboundConfig & livekit.SIPOutboundConfig.$Shape;
		static create(properties?: livekit.SIPOutboundConfig.$Properties): livekit.SIPOutboundConfig;
		static encode(message: livekit.SIPOutboundConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPOutboundConfig & livekit.SIPOutboundConfig.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPOutboundConfig {
		interface $Properties {
			hostname?: (string|null);
			destinationCountry?: (string|null);
			transport?: (livekit.SIPTransport|null);
			authUsername?: (string|null);
			authPassword?: (string|null);
			headersToAttributes?: ({ [k: string]: string }|null);
			attributesToHeaders?: ({ [k: string]: string }|null);
			fromHost?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPOutboundConfig.$Properties;
	}

	interface ICreateSIPParticipantRequest extends livekit.CreateSIPParticipantRequest.$Properties {
	}

	class CreateSIPParticipantRequest {
		constructor(properties?: livekit.CreateSIPParticipantRequest.$Properties);
		$unknowns?: Uint8Array[];
		sipTrunkId: string;
		trunk?: (livekit.SIPOutboundConfig.$Properties|null);
		sipRequestUri?: (livekit.SIPRequestDest.$Properties|null);
		sipToHeader?: (livekit.SIPNamedDest.$Properties|null);
		sipFromHeader?: (livekit.SIPNamedDest.$Properties|null);
		sipCallTo: string;
		toUserOverride: string;
		sipNumber: string;
		roomName: string;
		participantIdentity: string;
		participantName: string;
		participantMetadata: string;
		participantAttributes: { [k: string]: string };
		dtmf: string;
		playRingtone: boolean;
		playDialtone: boolean;
		hidePhoneNumber: boolean;
		headers: { [k: string]: string };
		includeHeaders: livekit.SIPHeaderOptions;
		ringingTimeout?: (google.protobuf.Duration.$Properties|null);
		maxCallDuration?: (google.protobuf.Duration.$Properties|null);
		krispEnabled: boolean;
		mediaEncryption: livekit.SIPMediaEncryption;
		media?: (livekit.SIPMediaConfig.$Properties|null);
		waitUntilAnswered: boolean;
		displayName?: (string|null);
		destination?: (livekit.Destination.$Properties|null);
		dialtone: livekit.SIPDialtone;
		sipSourceCallId: string;
		static create(properties: livekit.CreateSIPParticipantRequest.$Shape): livekit.CreateSIPParticipantRequest & livekit.CreateSIPParticipantRequest.$Shape;
		static create(properties?: livekit.CreateSIPParticipantRequest.$Properties): livekit.CreateSIPParticipantRequest;
		static encode(message: livekit.CreateSIPParticipantRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.CreateSIPParticipantRequest & livekit.CreateSIPParticipantRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace CreateSIPParticipantRequest {
		interface $Properties {
			sipTrunkId?: (string|null);
			trunk?: (livekit.SIPOutboundConfig.$Properties|null);
			sipRequestUri?: (livekit.SIPRequestDest.$Properties|null);
			sipToHeader?: (livekit.SIPNamedDest.$Properties|null);
			sipFromHeader?: (livekit.SIPNamedDest.$Properties|null);
			sipCallTo?: (string|null);
			toUserOverride?: (string|null);
			sipNumber?: (string|null);
			roomName?: (string|null);
			participantIdentity?: (string|null);
			participantName?: (string|null);
			participantMetadata?: (string|null);
			participantAttributes?: ({ [k: string]: string }|null);
			dtmf?: (string|null);
			playRingtone?: (boolean|null);
			playDialtone?: (boolean|null);
			hidePhoneNumber?: (boolean|null);
			headers?: ({ [k: string]: string }|null);
			includeHeaders?: (livekit.SIPHeaderOptions|null);
			ringingTimeout?: (google.protobuf.Duration.$Properties|null);
			maxCallDuration?: (google.protobuf.Duration.$Properties|null);
			krispEnabled?: (boolean|null);
			mediaEncryption?: (livekit.SIPMediaEncryption|null);
			media?: (livekit.SIPMediaConfig.$Properties|null);
			waitUntilAnswered?: (boolean|null);
			displayName?: (string|null);
			destination?: (livekit.Destination.$Properties|null);
			dialtone?: (livekit.SIPDialtone|null);
			sipSourceCallId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  sipTrunkId?: string|null;
		  trunk?: livekit.SIPOutboundConfig.$Shape|null;
		  sipRequestUri?: livekit.SIPRequestDest.$Shape|null;
		  sipToHeader?: livekit.SIPNamedDest.$Shape|null;
		  sipFromHeader?: livekit.SIPNamedDest.$Shape|null;
		  sipCallTo?: string|null;
		  toUserOverride?: string|null;
		  sipNumber?: string|null;
		  roomName?: string|null;
		  participantIdentity?: string|null;
		  participantName?: string|null;
		  participantMetadata?: string|null;
		  participantAttributes?: { [k: string]: string }|null;
		  dtmf?: string|null;
		  playRingtone?: boolean|null;
		  playDialtone?: boolean|null;
		  hidePhoneNumber?: boolean|null;
		  headers?: { [k: string]: string }|null;
		  includeHeaders?: livekit.SIPHeaderOptions|null;
		  ringingTimeout?: google.protobuf.Duration.$Shape|null;
		  maxCallDuration?: google.protobuf.Duration.$Shape|null;
		  krispEnabled?: boolean|null;
		  mediaEncryption?: livekit.SIPMediaEncryption|null;
		  media?: livekit.SIPMediaConfig.$Shape|null;
		  waitUntilAnswered?: boolean|null;
		  displayName?: string|null;
		  destination?: livekit.Destination.$Shape|null;
		  dialtone?: livekit.SIPDialtone|null;
		  sipSourceCallId?: string|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface ISIPParticipantInfo extends livekit.SIPParticipantInfo.$Properties {
	}

	class SIPParticipantInfo {
		constructor(properties?: livekit.SIPParticipantInfo.$Properties);
		$unknowns?: Uint8Array[];
		participantId: string;
		participantIdentity: string;
		roomName: string;
		sipCallId: string;
		static create(properties: livekit.SIPParticipantInfo.$Shape): livekit.SIPParticipantInfo & livekit.SIPParticipantInfo.$Shape;
		static create(properties?: livekit.SIPParticipantInfo.$Properties): livekit.SIPParticipantInfo;
		static encode(message: livekit.SIPParticipantInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPParticipantInfo & livekit.SIPParticipantInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPParticipantInfo {
		interface $Properties {
			participantId?: (string|null);
			participantIdentity?: (string|null);
			roomName?: (string|null);
			sipCallId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPParticipantInfo.$Properties;
	}

	interface ITransferSIPParticipantRequest extends livekit.TransferSIPParticipantRequest.$Properties {
	}

	class TransferSIPParticipantRequest {
		constructor(properties?: livekit.TransferSIPParticipantRequest.$Properties);
		$unknowns?: Uint8Array[];
		participantIdentity: string;
		roomName: string;
		transferTo: string;
		playDialtone: boolean;
		headers: { [k: string]: string };
		ringingTimeout?: (google.protobuf.Duration.$Properties|null);
		dialtone: livekit.SIPDialtone;
		static create(properties: livekit.TransferSIPParticipantRequest.$Shape): livekit.TransferSIPParticipantRequest & livekit.TransferSIPParticipantRequest.$Shape;
		static create(properties?: livekit.TransferSIPParticipantRequest.$Properties): livekit.TransferSIPParticipantRequest;
		static encode(message: livekit.TransferSIPParticipantRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TransferSIPParticipantRequest & livekit.TransferSIPParticipantRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TransferSIPParticipantRequest {
		interface $Properties {
			participantIdentity?: (string|null);
			roomName?: (string|null);
			transferTo?: (string|null);
			playDialtone?: (boolean|null);
			headers?: ({ [k: string]: string }|null);
			ringingTimeout?: (google.protobuf.Duration.$Properties|null);
			dialtone?: (livekit.SIPDialtone|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.TransferSIPParticipantRequest.$Properties;
	}

	interface ITransferSIPParticipantResponse extends livekit.TransferSIPParticipantResponse.$Properties {
	}

	class TransferSIPParticipantResponse {
		constructor(properties?: livekit.TransferSIPParticipantResponse.$Properties);
		$unknowns?: Uint8Array[];
		transferId: string;
		status: livekit.SIPTransferStatus;
		reason: livekit.SIPTransferReason;
		sipStatus?: (livekit.SIPStatus.$Properties|null);
		static create(properties: livekit.TransferSIPParticipantResponse.$Shape): livekit.TransferSIPParticipantResponse & livekit.TransferSIPParticipantResponse.$Shape;
		static create(properties?: livekit.TransferSIPParticipantResponse.$Properties): livekit.TransferSIPParticipantResponse;
		static encode(message: livekit.TransferSIPParticipantResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TransferSIPParticipantResponse & livekit.TransferSIPParticipantResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TransferSIPParticipantResponse {
		interface $Properties {
			transferId?: (string|null);
			status?: (livekit.SIPTransferStatus|null);
			reason?: (livekit.SIPTransferReason|null);
			sipStatus?: (livekit.SIPStatus.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.TransferSIPParticipantResponse.$Properties;
	}

	interface ISIPTransferError extends livekit.SIPTransferError.$Properties {
	}

	class SIPTransferError {
		constructor(properties?: livekit.SIPTransferError.$Properties);
		$unknowns?: Uint8Array[];
		transferId: string;
		reason: livekit.SIPTransferReason;
		sipStatus?: (livekit.SIPStatus.$Properties|null);
		static create(properties: livekit.SIPTransferError.$Shape): livekit.SIPTransferError & livekit.SIPTransferError.$Shape;
		static create(properties?: livekit.SIPTransferError.$Properties): livekit.SIPTransferError;
		static encode(message: livekit.SIPTransferError.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPTransferError & livekit.SIPTransferError.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPTransferError {
		interface $Properties {
			transferId?: (string|null);
			reason?: (livekit.SIPTransferReason|null);
			sipStatus?: (livekit.SIPStatus.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPTransferError.$Properties;
	}

	interface ISIPCallInfo extends livekit.SIPCallInfo.$Properties {
	}

	class SIPCallInfo {
		constructor(properties?: livekit.SIPCallInfo.$Properties);
		$unknowns?: Uint8Array[];
		callId: string;
		trunkId: string;
		dispatchRuleId: string;
		region: string;
		roomName: string;
		roomId: string;
		participantIdentity: string;
		participantAttributes: { [k: string]: string };
		fromUri?: (livekit.SIPUri.$Properties|null);
		toUri?: (livekit.SIPUri.$Properties|null);
		createdAt: number;
		startedAt: number;
		endedAt: number;
		enabledFeatures: livekit.SIPFeature[];
		callDirection: livekit.SIPCallDirection;
		callStatus: livekit.SIPCallStatus;
		createdAtNs: number;
		startedAtNs: number;
		endedAtNs: number;
		disconnectReason: livekit.DisconnectReason;
		error: string;
		callStatusCode?: (livekit.SIPStatus.$Properties|null);
		audioCodec: string;
		mediaEncryption: string;
		pcapFileLink: string;
		callContext: google.protobuf.Any.$Properties[];
		providerInfo?: (livekit.ProviderInfo.$Properties|null);
		sipCallId: string;
		static create(properties: livekit.SIPCallInfo.$Shape): livekit.SIPCallInfo & livekit.SIPCallInfo.$Shape;
		static create(properties?: livekit.SIPCallInfo.$Properties): livekit.SIPCallInfo;
		static encode(message: livekit.SIPCallInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPCallInfo & livekit.SIPCallInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPCallInfo {
		interface $Properties {
			callId?: (string|null);
			trunkId?: (string|null);
			dispatchRuleId?: (string|null);
			region?: (string|null);
			roomName?: (string|null);
			roomId?: (string|null);
			participantIdentity?: (string|null);
			participantAttributes?: ({ [k: string]: string }|null);
			fromUri?: (livekit.SIPUri.$Properties|null);
			toUri?: (livekit.SIPUri.$Properties|null);
			createdAt?: (number|null);
			startedAt?: (number|null);
			endedAt?: (number|null);
			enabledFeatures?: (livekit.SIPFeature[]|null);
			callDirection?: (livekit.SIPCallDirection|null);
			callStatus?: (livekit.SIPCallStatus|null);
			createdAtNs?: (number|null);
			startedAtNs?: (number|null);
			endedAtNs?: (number|null);
			disconnectReason?: (livekit.DisconnectReason|null);
			error?: (string|null);
			callStatusCode?: (livekit.SIPStatus.$Properties|null);
			audioCodec?: (string|null);
			mediaEncryption?: (string|null);
			pcapFileLink?: (string|null);
			callContext?: (google.protobuf.Any.$Properties[]|null);
			providerInfo?: (livekit.ProviderInfo.$Properties|null);
			sipCallId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPCallInfo.$Properties;
	}

	interface ISIPTransferInfo extends livekit.SIPTransferInfo.$Properties {
	}

	class SIPTransferInfo {
		constructor(properties?: livekit.SIPTransferInfo.$Properties);
		$unknowns?: Uint8Array[];
		transferId: string;
		callId: string;
		transferTo: string;
		transferInitiatedAtNs: number;
		transferCompletedAtNs: number;
		transferStatus: livekit.SIPTransferStatus;
		error: string;
		transferStatusCode?: (livekit.SIPStatus.$Properties|null);
		reason: livekit.SIPTransferReason;
		static create(properties: livekit.SIPTransferInfo.$Shape): livekit.SIPTransferInfo & livekit.SIPTransferInfo.$Shape;
		static create(properties?: livekit.SIPTransferInfo.$Properties): livekit.SIPTransferInfo;
		static encode(message: livekit.SIPTransferInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPTransferInfo & livekit.SIPTransferInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPTransferInfo {
		interface $Properties {
			transferId?: (string|null);
			callId?: (string|null);
			transferTo?: (string|null);
			transferInitiatedAtNs?: (number|null);
			transferCompletedAtNs?: (number|null);
			transferStatus?: (livekit.SIPTransferStatus|null);
			error?: (string|null);
			transferStatusCode?: (livekit.SIPStatus.$Properties|null);
			reason?: (livekit.SIPTransferReason|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPTransferInfo.$Properties;
	}

	interface ISIPUri extends livekit.SIPUri.$Properties {
	}

	class SIPUri {
		constructor(properties?: livekit.SIPUri.$Properties);
		$unknowns?: Uint8Array[];
		user: string;
		host: string;
		ip: string;
		port: number;
		transport: livekit.SIPTransport;
		static create(properties: livekit.SIPUri.$Shape): livekit.SIPUri & livekit.SIPUri.$Shape;
		static create(properties?: livekit.SIPUri.$Properties): livekit.SIPUri;
		static encode(message: livekit.SIPUri.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPUri & livekit.SIPUri.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPUri {
		interface $Properties {
			user?: (string|null);
			host?: (string|null);
			ip?: (string|null);
			port?: (number|null);
			transport?: (livekit.SIPTransport|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SIPUri.$Properties;
	}

	interface ISIPRequestDest extends livekit.SIPRequestDest.$Properties {
	}

	class SIPRequestDest {
		constructor(properties?: livekit.SIPRequestDest.$Properties);
		$unknowns?: Uint8Array[];
		raw?: (string|null);
		values?: (livekit.SIPUri.$Properties|null);
		uri?: ("raw"|"values");
		static create(properties: livekit.SIPRequestDest.$Shape): livekit.SIPRequestDest & livekit.SIPRequestDest.$Shape;
		static create(properties?: livekit.SIPRequestDest.$Properties): livekit.SIPRequestDest;
		static encode(message: livekit.SIPRequestDest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPRequestDest & livekit.SIPRequestDest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPRequestDest {
		interface $Properties {
			raw?: (string|null);
			values?: (livekit.SIPUri.$Properties|null);
			uri?: ("raw"|"values");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  raw?: string|null;
		  values?: livekit.SIPUri.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ uri?: undefined; raw?: null; values?: null }|{ uri?: "raw"; raw: string; values?: null }|{ uri?: "values"; raw?: null; values: livekit.SIPUri.$Shape })
		);
	}

	interface ISIPNamedDest extends livekit.SIPNamedDest.$Properties {
	}

	class SIPNamedDest {
		constructor(properties?: livekit.SIPNamedDest.$Properties);
		$unknowns?: Uint8Array[];
		displayName: string;
		raw?: (string|null);
		values?: (livekit.SIPUri.$Properties|null);
		uri?: ("raw"|"values");
		static create(properties: livekit.SIPNamedDest.$Shape): livekit.SIPNamedDest & livekit.SIPNamedDest.$Shape;
		static create(properties?: livekit.SIPNamedDest.$Properties): livekit.SIPNamedDest;
		static encode(message: livekit.SIPNamedDest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SIPNamedDest & livekit.SIPNamedDest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPNamedDest {
		interface $Properties {
			displayName?: (string|null);
			raw?: (string|null);
			values?: (livekit.SIPUri.$Properties|null);
			uri?: ("raw"|"values");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  displayName?: string|null;
		  raw?: string|null;
		  values?: livekit.SIPUri.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ uri?: undefined; raw?: null; values?: null }|{ uri?: "raw"; raw: string; values?: null }|{ uri?: "values"; raw?: null; values: livekit.SIPUri.$Shape })
		);
	}

	interface IDestination extends livekit.Destination.$Properties {
	}

	class Destination {
		constructor(properties?: livekit.Destination.$Properties);
		$unknowns?: Uint8Array[];
		city: string;
		country: string;
		region: string;
		static create(properties: livekit.Destination.$Shape): livekit.Destination & livekit.Destination.$Shape;
		static create(properties?: livekit.Destination.$Properties): livekit.Destination;
		static encode(message: livekit.Destination.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.Destination & livekit.Destination.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace Destination {
		interface $Properties {
			city?: (string|null);
			country?: (string|null);
			region?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.Destination.$Properties;
	}

	enum ConnectorType {
		Unspecified = 0,
		WhatsApp = 1,
		Twilio = 2
	}

	interface IConnectTwilioCallRequest extends livekit.ConnectTwilioCallRequest.$Properties {
	}

	class ConnectTwilioCallRequest {
		constructor(properties?: livekit.ConnectTwilioCallRequest.$Properties);
		$unknowns?: Uint8Array[];
		twilioCallDirection: livekit.ConnectTwilioCallRequest.TwilioCallDirection;
		roomName: string;
		agents: livekit.RoomAgentDispatch.$Properties[];
		participantIdentity: string;
		participantName: string;
		participantMetadata: string;
		participantAttributes: { [k: string]: string };
		destinationCountry: string;
		static create(properties: livekit.ConnectTwilioCallRequest.$Shape): livekit.ConnectTwilioCallRequest & livekit.ConnectTwilioCallRequest.$Shape;
		static create(properties?: livekit.ConnectTwilioCallRequest.$Properties): livekit.ConnectTwilioCallRequest;
		static encode(message: livekit.ConnectTwilioCallRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ConnectTwilioCallRequest & livekit.ConnectTwilioCallRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ConnectTwilioCallRequest {
		interface $Properties {
			twilioCallDirection?: (livekit.ConnectTwilioCallRequest.TwilioCallDirection|null);
			roomName?: (string|null);
			agents?: (livekit.RoomAgentDispatch.$Properties[]|null);
			participantIdentity?: (string|null);
			participantName?: (string|null);
			participantMetadata?: (string|null);
			participantAttributes?: ({ [k: string]: string }|null);
			destinationCountry?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ConnectTwilioCallRequest.$Properties;

		enum TwilioCallDirection {
			TWILIO_CALL_DIRECTION_INBOUND = 0,
			TWILIO_CALL_DIRECTION_OUTBOUND = 1
		}
	}

	interface IConnectTwilioCallResponse extends livekit.ConnectTwilioCallResponse.$Properties {
	}

	class ConnectTwilioCallResponse {
		constructor(properties?: livekit.ConnectTwilioCallResponse.$Properties);
		$unknowns?: Uint8Array[];
		connectUrl: string;
		static create(properties: livekit.ConnectTwilioCallResponse.$Shape): livekit.ConnectTwilioCallResponse & livekit.ConnectTwilioCallResponse.$Shape;
		static create(properties?: livekit.ConnectTwilioCallResponse.$Properties): livekit.ConnectTwilioCallResponse;
		static encode(message: livekit.ConnectTwilioCallResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ConnectTwilioCallResponse & livekit.ConnectTwilioCallResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ConnectTwilioCallResponse {
		interface $Properties {
			connectUrl?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ConnectTwilioCallResponse.$Properties;
	}

	enum WhatsAppCallDirection {
		WHATSAPP_CALL_DIRECTION_INBOUND = 0,
		WHATSAPP_CALL_DIRECTION_OUTBOUND = 2
	}

	interface IDialWhatsAppCallRequest extends livekit.DialWhatsAppCallRequest.$Properties {
	}

	class DialWhatsAppCallRequest {
		constructor(properties?: livekit.DialWhatsAppCallRequest.$Properties);
		$unknowns?: Uint8Array[];
		whatsappPhoneNumberId: string;
		whatsappToPhoneNumber: string;
		whatsappApiKey: string;
		whatsappCloudApiVersion: string;
		whatsappBizOpaqueCallbackData: string;
		roomName: string;
		agents: livekit.RoomAgentDispatch.$Properties[];
		participantIdentity: string;
		participantName: string;
		participantMetadata: string;
		participantAttributes: { [k: string]: string };
		destinationCountry: string;
		ringingTimeout?: (google.protobuf.Duration.$Properties|null);
		static create(properties: livekit.DialWhatsAppCallRequest.$Shape): livekit.DialWhatsAppCallRequest & livekit.DialWhatsAppCallRequest.$Shape;
		static create(properties?: livekit.DialWhatsAppCallRequest.$Properties): livekit.DialWhatsAppCallRequest;
		static encode(message: livekit.DialWhatsAppCallRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DialWhatsAppCallRequest & livekit.DialWhatsAppCallRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DialWhatsAppCallRequest {
		interface $Properties {
			whatsappPhoneNumberId?: (string|null);
			whatsappToPhoneNumber?: (string|null);
			whatsappApiKey?: (string|null);
			whatsappCloudApiVersion?: (string|null);
			whatsappBizOpaqueCallbackData?: (string|null);
			roomName?: (string|null);
			agents?: (livekit.RoomAgentDispatch.$Properties[]|null);
			participantIdentity?: (string|null);
			participantName?: (string|null);
			participantMetadata?: (string|null);
			participantAttributes?: ({ [k: string]: string }|null);
			destinationCountry?: (string|null);
			ringingTimeout?: (google.protobuf.Duration.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DialWhatsAppCallRequest.$Properties;
	}

	interface IDialWhatsAppCallResponse extends livekit.DialWhatsAppCallResponse.$Properties {
	}

	class DialWhatsAppCallResponse {
		constructor(properties?: livekit.DialWhatsAppCallResponse.$Properties);
		$unknowns?: Uint8Array[];
		whatsappCallId: string;
		roomName: string;
		static create(properties: livekit.DialWhatsAppCallResponse.$Shape): livekit.DialWhatsAppCallResponse & livekit.DialWhatsAppCallResponse.$Shape;
		static create(properties?: livekit.DialWhatsAppCallResponse.$Properties): livekit.DialWhatsAppCallResponse;
		static encode(message: livekit.DialWhatsAppCallResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DialWhatsAppCallResponse & livekit.DialWhatsAppCallResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DialWhatsAppCallResponse {
		interface $Properties {
			whatsappCallId?: (string|null);
			roomName?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DialWhatsAppCallResponse.$Properties;
	}

	interface IDisconnectWhatsAppCallRequest extends livekit.DisconnectWhatsAppCallRequest.$Properties {
	}

	class DisconnectWhatsAppCallRequest {
		constructor(properties?: livekit.DisconnectWhatsAppCallRequest.$Properties);
		$unknowns?: Uint8Array[];
		whatsappCallId: string;
		whatsappApiKey: string;
		disconnectReason: livekit.DisconnectWhatsAppCallRequest.DisconnectReason;
		static create(properties: livekit.DisconnectWhatsAppCallRequest.$Shape): livekit.DisconnectWhatsAppCallRequest & livekit.DisconnectWhatsAppCallRequest.$Shape;
		static create(properties?: livekit.DisconnectWhatsAppCallRequest.$Properties): livekit.DisconnectWhatsAppCallRequest;
		static encode(message: livekit.DisconnectWhatsAppCallRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DisconnectWhatsAppCallRequest & livekit.DisconnectWhatsAppCallRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DisconnectWhatsAppCallRequest {
		interface $Properties {
			whatsappCallId?: (string|null);
			whatsappApiKey?: (string|null);
			disconnectReason?: (livekit.DisconnectWhatsAppCallRequest.DisconnectReason|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DisconnectWhatsAppCallRequest.$Properties;

		enum DisconnectReason {
			BUSINESS_INITIATED = 0,
			USER_INITIATED = 1
		}
	}

	interface IDisconnectWhatsAppCallResponse extends livekit.DisconnectWhatsAppCallResponse.$Properties {
	}

	class DisconnectWhatsAppCallResponse {
		constructor(properties?: livekit.DisconnectWhatsAppCallResponse.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: livekit.DisconnectWhatsAppCallResponse.$Shape): livekit.DisconnectWhatsAppCallResponse & livekit.DisconnectWhatsAppCallResponse.$Shape;
		static create(properties?: livekit.DisconnectWhatsAppCallResponse.$Properties): livekit.DisconnectWhatsAppCallResponse;
		static encode(message: livekit.DisconnectWhatsAppCallResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DisconnectWhatsAppCallResponse & livekit.DisconnectWhatsAppCallResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DisconnectWhatsAppCallResponse {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DisconnectWhatsAppCallResponse.$Properties;
	}

	interface IConnectWhatsAppCallRequest extends livekit.ConnectWhatsAppCallRequest.$Properties {
	}

	class ConnectWhatsAppCallRequest {
		constructor(properties?: livekit.ConnectWhatsAppCallRequest.$Properties);
		$unknowns?: Uint8Array[];
		whatsappCallId: string;
		sdp?: (livekit.SessionDescription.$Properties|null);
		waitUntilAnswered: boolean;
		static create(properties: livekit.ConnectWhatsAppCallRequest.$Shape): livekit.ConnectWhatsAppCallRequest & livekit.ConnectWhatsAppCallRequest.$Shape;
		static create(properties?: livekit.ConnectWhatsAppCallRequest.$Properties): livekit.ConnectWhatsAppCallRequest;
		static encode(message: livekit.ConnectWhatsAppCallRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ConnectWhatsAppCallRequest & livekit.ConnectWhatsAppCallRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ConnectWhatsAppCallRequest {
		interface $Properties {
			whatsappCallId?: (string|null);
			sdp?: (livekit.SessionDescription.$Properties|null);
			waitUntilAnswered?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ConnectWhatsAppCallRequest.$Properties;
	}

	interface IConnectWhatsAppCallResponse extends livekit.ConnectWhatsAppCallResponse.$Properties {
	}

	class ConnectWhatsAppCallResponse {
		constructor(properties?: livekit.ConnectWhatsAppCallResponse.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: livekit.ConnectWhatsAppCallResponse.$Shape): livekit.ConnectWhatsAppCallResponse & livekit.ConnectWhatsAppCallResponse.$Shape;
		static create(properties?: livekit.ConnectWhatsAppCallResponse.$Properties): livekit.ConnectWhatsAppCallResponse;
		static encode(message: livekit.ConnectWhatsAppCallResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ConnectWhatsAppCallResponse & livekit.ConnectWhatsAppCallResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ConnectWhatsAppCallResponse {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ConnectWhatsAppCallResponse.$Properties;
	}

	interface IAcceptWhatsAppCallRequest extends livekit.AcceptWhatsAppCallRequest.$Properties {
	}

	class AcceptWhatsAppCallRequest {
		constructor(properties?: livekit.AcceptWhatsAppCallRequest.$Properties);
		$unknowns?: Uint8Array[];
		whatsappPhoneNumberId: string;
		whatsappApiKey: string;
		whatsappCloudApiVersion: string;
		whatsappCallId: string;
		whatsappBizOpaqueCallbackData: string;
		sdp?: (livekit.SessionDescription.$Properties|null);
		roomName: string;
		agents: livekit.RoomAgentDispatch.$Properties[];
		participantIdentity: string;
		participantName: string;
		participantMetadata: string;
		participantAttributes: { [k: string]: string };
		destinationCountry: string;
		ringingTimeout?: (google.protobuf.Duration.$Properties|null);
		waitUntilAnswered: boolean;
		static create(properties: livekit.AcceptWhatsAppCallRequest.$Shape): livekit.AcceptWhatsAppCallRequest & livekit.AcceptWhatsAppCallRequest.$Shape;
		static create(properties?: livekit.AcceptWhatsAppCallRequest.$Properties): livekit.AcceptWhatsAppCallRequest;
		static encode(message: livekit.AcceptWhatsAppCallRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AcceptWhatsAppCallRequest & livekit.AcceptWhatsAppCallRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AcceptWhatsAppCallRequest {
		interface $Properties {
			whatsappPhoneNumberId?: (string|null);
			whatsappApiKey?: (string|null);
			whatsappCloudApiVersion?: (string|null);
			whatsappCallId?: (string|null);
			whatsappBizOpaqueCallbackData?: (string|null);
			sdp?: (livekit.SessionDescription.$Properties|null);
			roomName?: (string|null);
			agents?: (livekit.RoomAgentDispatch.$Properties[]|null);
			participantIdentity?: (string|null);
			participantName?: (string|null);
			participantMetadata?: (string|null);
			participantAttributes?: ({ [k: string]: string }|null);
			destinationCountry?: (string|null);
			ringingTimeout?: (google.protobuf.Duration.$Properties|null);
			waitUntilAnswered?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.AcceptWhatsAppCallRequest.$Properties;
	}

	interface IAcceptWhatsAppCallResponse extends livekit.AcceptWhatsAppCallResponse.$Properties {
	}

	class AcceptWhatsAppCallResponse {
		constructor(properties?: livekit.AcceptWhatsAppCallResponse.$Properties);
		$unknowns?: Uint8Array[];
		roomName: string;
		static create(properties: livekit.AcceptWhatsAppCallResponse.$Shape): livekit.AcceptWhatsAppCallResponse & livekit.AcceptWhatsAppCallResponse.$Shape;
		static create(properties?: livekit.AcceptWhatsAppCallResponse.$Properties): livekit.AcceptWhatsAppCallResponse;
		static encode(message: livekit.AcceptWhatsAppCallResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AcceptWhatsAppCallResponse & livekit.AcceptWhatsAppCallResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AcceptWhatsAppCallResponse {
		interface $Properties {
			roomName?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.AcceptWhatsAppCallResponse.$Properties;
	}

	interface IWhatsAppCall extends livekit.WhatsAppCall.$Properties {
	}

	class WhatsAppCall {
		constructor(properties?: livekit.WhatsAppCall.$Properties);
		$unknowns?: Uint8Array[];
		whatsappCallId: string;
		direction: livekit.WhatsAppCallDirection;
		static create(properties: livekit.WhatsAppCall.$Shape): livekit.WhatsAppCall & livekit.WhatsAppCall.$Shape;
		static create(properties?: livekit.WhatsAppCall.$Properties): livekit.WhatsAppCall;
		static encode(message: livekit.WhatsAppCall.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.WhatsAppCall & livekit.WhatsAppCall.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WhatsAppCall {
		interface $Properties {
			whatsappCallId?: (string|null);
			direction?: (livekit.WhatsAppCallDirection|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.WhatsAppCall.$Properties;
	}

	enum SignalTarget {
		PUBLISHER = 0,
		SUBSCRIBER = 1
	}

	enum StreamState {
		ACTIVE = 0,
		PAUSED = 1
	}

	enum CandidateProtocol {
		UDP = 0,
		TCP = 1,
		TLS = 2
	}

	enum NegotiatedDataChannelID {
		NDCI_INVALID = 0,
		NDCI_RELIABLE = 100,
		NDCI_LOSSY = 101,
		NDCI_DATA_TRACK = 102
	}

	interface ISignalRequest extends livekit.SignalRequest.$Properties {
	}

	class SignalRequest {
		constructor(properties?: livekit.SignalRequest.$Properties);
		$unknowns?: Uint8Array[];
		offer?: (livekit.SessionDescription.$Properties|null);
		answer?: (livekit.SessionDescription.$Properties|null);
		trickle?: (livekit.TrickleRequest.$Properties|null);
		addTrack?: (livekit.AddTrackRequest.$Properties|null);
		mute?: (livekit.MuteTrackRequest.$Properties|null);
		subscription?: (livekit.UpdateSubscription.$Properties|null);
		trackSetting?: (livekit.UpdateTrackSettings.$Properties|null);
		leave?: (livekit.LeaveRequest.$Properties|null);
		updateLayers?: (livekit.UpdateVideoLayers.$Properties|null);
		subscriptionPermission?: (livekit.SubscriptionPermission.$Properties|null);
		syncState?: (livekit.SyncState.$Properties|null);
		simulate?: (livekit.SimulateScenario.$Properties|null);
		ping?: (number|null);
		updateMetadata?: (livekit.UpdateParticipantMetadata.$Properties|null);
		pingReq?: (livekit.Ping.$Properties|null);
		updateAudioTrack?: (livekit.UpdateLocalAudioTrack.$Properties|null);
		updateVideoTrack?: (livekit.UpdateLocalVideoTrack.$Properties|null);
		publishDataTrackRequest?: (livekit.PublishDataTrackRequest.$Properties|null);
		unpublishDataTrackRequest?: (livekit.UnpublishDataTrackRequest.$Properties|null);
		updateDataSubscription?: (livekit.UpdateDataSubscription.$Properties|null);
		storeDataBlobRequest?: (livekit.StoreDataBlobRequest.$Properties|null);
		getDataBlobRequest?: (livekit.GetDataBlobRequest.$Properties|null);
		message?: ("offer"|"answer"|"trickle"|"addTrack"|"mute"|"subscription"|"trackSetting"|"leave"|"updateLayers"|"subscriptionPermission"|"syncState"|"simulate"|"ping"|"updateMetadata"|"pingReq"|"updateAudioTrack"|"updateVideoTrack"|"publishDataTrackRequest"|"unpublishDataTrackRequest"|"updateDataSubscription"|"storeDataBlobRequest"|"getDataBlobRequest");
		static create(properties: livekit.SignalRequest.$Shape): livekit.SignalRequest & livekit.SignalRequest.$Shape;
		static create(properties?: livekit.SignalRequest.$Properties): livekit.SignalRequest;
		static encode(message: livekit.SignalRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SignalRequest & livekit.SignalRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SignalRequest {
		interface $Properties {
			offer?: (livekit.SessionDescription.$Properties|null);
			answer?: (livekit.SessionDescription.$Properties|null);
			trickle?: (livekit.TrickleRequest.$Properties|null);
			addTrack?: (livekit.AddTrackRequest.$Properties|null);
			mute?: (livekit.MuteTrackRequest.$Properties|null);
			subscription?: (livekit.UpdateSubscription.$Properties|null);
			trackSetting?: (livekit.UpdateTrackSettings.$Properties|null);
			leave?: (livekit.LeaveRequest.$Properties|null);
			updateLayers?: (livekit.UpdateVideoLayers.$Properties|null);
			subscriptionPermission?: (livekit.SubscriptionPermission.$Properties|null);
			syncState?: (livekit.SyncState.$Properties|null);
			simulate?: (livekit.SimulateScenario.$Properties|null);
			ping?: (number|null);
			updateMetadata?: (livekit.UpdateParticipantMetadata.$Properties|null);
			pingReq?: (livekit.Ping.$Properties|null);
			updateAudioTrack?: (livekit.UpdateLocalAudioTrack.$Properties|null);
			updateVideoTrack?: (livekit.UpdateLocalVideoTrack.$Properties|null);
			publishDataTrackRequest?: (livekit.PublishDataTrackRequest.$Properties|null);
			unpublishDataTrackRequest?: (livekit.UnpublishDataTrackRequest.$Properties|null);
			updateDataSubscription?: (livekit.UpdateDataSubscription.$Properties|null);
			storeDataBlobRequest?: (livekit.StoreDataBlobRequest.$Properties|null);
			getDataBlobRequest?: (livekit.GetDataBlobRequest.$Properties|null);
			message?: ("offer"|"answer"|"trickle"|"addTrack"|"mute"|"subscription"|"trackSetting"|"leave"|"updateLayers"|"subscriptionPermission"|"syncState"|"simulate"|"ping"|"updateMetadata"|"pingReq"|"updateAudioTrack"|"updateVideoTrack"|"publishDataTrackRequest"|"unpublishDataTrackRequest"|"updateDataSubscription"|"storeDataBlobRequest"|"getDataBlobRequest");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  offer?: livekit.SessionDescription.$Shape|null;
		  answer?: livekit.SessionDescription.$Shape|null;
		  trickle?: livekit.TrickleRequest.$Shape|null;
		  addTrack?: livekit.AddTrackRequest.$Shape|null;
		  mute?: livekit.MuteTrackRequest.$Shape|null;
		  subscription?: livekit.UpdateSubscription.$Shape|null;
		  trackSetting?: livekit.UpdateTrackSettings.$Shape|null;
		  leave?: livekit.LeaveRequest.$Shape|null;
		  updateLayers?: livekit.UpdateVideoLayers.$Shape|null;
		  subscriptionPermission?: livekit.SubscriptionPermission.$Shape|null;
		  syncState?: livekit.SyncState.$Shape|null;
		  simulate?: livekit.SimulateScenario.$Shape|null;
		  ping?: number|null;
		  updateMetadata?: livekit.UpdateParticipantMetadata.$Shape|null;
		  pingReq?: livekit.Ping.$Shape|null;
		  updateAudioTrack?: livekit.UpdateLocalAudioTrack.$Shape|null;
		  updateVideoTrack?: livekit.UpdateLocalVideoTrack.$Shape|null;
		  publishDataTrackRequest?: livekit.PublishDataTrackRequest.$Shape|null;
		  unpublishDataTrackRequest?: livekit.UnpublishDataTrackRequest.$Shape|null;
		  updateDataSubscription?: livekit.UpdateDataSubscription.$Shape|null;
		  storeDataBlobRequest?: livekit.StoreDataBlobRequest.$Shape|null;
		  getDataBlobRequest?: livekit.GetDataBlobRequest.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ message?: undefined; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "offer"; offer: livekit.SessionDescription.$Shape; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "answer"; offer?: null; answer: livekit.SessionDescription.$Shape; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "trickle"; offer?: null; answer?: null; trickle: livekit.TrickleRequest.$Shape; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "addTrack"; offer?: null; answer?: null; trickle?: null; addTrack: livekit.AddTrackRequest.$Shape; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "mute"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute: livekit.MuteTrackRequest.$Shape; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "subscription"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription: livekit.UpdateSubscription.$Shape; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "trackSetting"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting: livekit.UpdateTrackSettings.$Shape; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "leave"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave: livekit.LeaveRequest.$Shape; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "updateLayers"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers: livekit.UpdateVideoLayers.$Shape; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "subscriptionPermission"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission: livekit.SubscriptionPermission.$Shape; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "syncState"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState: livekit.SyncState.$Shape; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "simulate"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate: livekit.SimulateScenario.$Shape; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "ping"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping: number; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "updateMetadata"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata: livekit.UpdateParticipantMetadata.$Shape; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "pingReq"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq: livekit.Ping.$Shape; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "updateAudioTrack"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack: livekit.UpdateLocalAudioTrack.$Shape; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "updateVideoTrack"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack: livekit.UpdateLocalVideoTrack.$Shape; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "publishDataTrackRequest"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest: livekit.PublishDataTrackRequest.$Shape; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "unpublishDataTrackRequest"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest: livekit.UnpublishDataTrackRequest.$Shape; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "updateDataSubscription"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription: livekit.UpdateDataSubscription.$Shape; storeDataBlobRequest?: null; getDataBlobRequest?: null }|{ message?: "storeDataBlobRequest"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest: livekit.StoreDataBlobRequest.$Shape; getDataBlobRequest?: null }|{ message?: "getDataBlobRequest"; offer?: null; answer?: null; trickle?: null; addTrack?: null; mute?: null; subscription?: null; trackSetting?: null; leave?: null; updateLayers?: null; subscriptionPermission?: null; syncState?: null; simulate?: null; ping?: null; updateMetadata?: null; pingReq?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrackRequest?: null; unpublishDataTrackRequest?: null; updateDataSubscription?: null; storeDataBlobRequest?: null; getDataBlobRequest: livekit.GetDataBlobRequest.$Shape })
		);
	}

	interface ISignalResponse extends livekit.SignalResponse.$Properties {
	}

	class SignalResponse {
		constructor(properties?: livekit.SignalResponse.$Properties);
		$unknowns?: Uint8Array[];
		join?: (livekit.JoinResponse.$Properties|null);
		answer?: (livekit.SessionDescription.$Properties|null);
		offer?: (livekit.SessionDescription.$Properties|null);
		trickle?: (livekit.TrickleRequest.$Properties|null);
		update?: (livekit.ParticipantUpdate.$Properties|null);
		trackPublished?: (livekit.TrackPublishedResponse.$Properties|null);
		leave?: (livekit.LeaveRequest.$Properties|null);
		mute?: (livekit.MuteTrackRequest.$Properties|null);
		speakersChanged?: (livekit.SpeakersChanged.$Properties|null);
		roomUpdate?: (livekit.RoomUpdate.$Properties|null);
		connectionQuality?: (livekit.ConnectionQualityUpdate.$Properties|null);
		streamStateUpdate?: (livekit.StreamStateUpdate.$Properties|null);
		subscribedQualityUpdate?: (livekit.SubscribedQualityUpdate.$Properties|null);
		subscriptionPermissionUpdate?: (livekit.SubscriptionPermissionUpdate.$Properties|null);
		refreshToken?: (string|null);
		trackUnpublished?: (livekit.TrackUnpublishedResponse.$Properties|null);
		pong?: (number|null);
		reconnect?: (livekit.ReconnectResponse.$Properties|null);
		pongResp?: (livekit.Pong.$Properties|null);
		subscriptionResponse?: (livekit.SubscriptionResponse.$Properties|null);
		requestResponse?: (livekit.RequestResponse.$Properties|null);
		trackSubscribed?: (livekit.TrackSubscribed.$Properties|null);
		roomMoved?: (livekit.RoomMovedResponse.$Properties|null);
		mediaSectionsRequirement?: (livekit.MediaSectionsRequirement.$Properties|null);
		subscribedAudioCodecUpdate?: (livekit.SubscribedAudioCodecUpdate.$Properties|null);
		publishDataTrackResponse?: (livekit.PublishDataTrackResponse.$Properties|null);
		unpublishDataTrackResponse?: (livekit.UnpublishDataTrackResponse.$Properties|null);
		dataTrackSubscriberHandles?: (livekit.DataTrackSubscriberHandles.$Properties|null);
		storeDataBlobResponse?: (livekit.StoreDataBlobResponse.$Properties|null);
		getDataBlobResponse?: (livekit.GetDataBlobResponse.$Properties|null);
		message?: ("join"|"answer"|"offer"|"trickle"|"update"|"trackPublished"|"leave"|"mute"|"speakersChanged"|"roomUpdate"|"connectionQuality"|"streamStateUpdate"|"subscribedQualityUpdate"|"subscriptionPermissionUpdate"|"refreshToken"|"trackUnpublished"|"pong"|"reconnect"|"pongResp"|"subscriptionResponse"|"requestResponse"|"trackSubscribed"|"roomMoved"|"mediaSectionsRequirement"|"subscribedAudioCodecUpdate"|"publishDataTrackResponse"|"unpublishDataTrackResponse"|"dataTrackSubscriberHandles"|"storeDataBlobResponse"|"getDataBlobResponse");
		static create(properties: livekit.SignalResponse.$Shape): livekit.SignalResponse & livekit.SignalResponse.$Shape;
		static create(properties?: livekit.SignalResponse.$Properties): livekit.SignalResponse;
		static encode(message: livekit.SignalResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SignalResponse & livekit.SignalResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SignalResponse {
		interface $Properties {
			join?: (livekit.JoinResponse.$Properties|null);
			answer?: (livekit.SessionDescription.$Properties|null);
			offer?: (livekit.SessionDescription.$Properties|null);
			trickle?: (livekit.TrickleRequest.$Properties|null);
			update?: (livekit.ParticipantUpdate.$Properties|null);
			trackPublished?: (livekit.TrackPublishedResponse.$Properties|null);
			leave?: (livekit.LeaveRequest.$Properties|null);
			mute?: (livekit.MuteTrackRequest.$Properties|null);
			speakersChanged?: (livekit.SpeakersChanged.$Properties|null);
			roomUpdate?: (livekit.RoomUpdate.$Properties|null);
			connectionQuality?: (livekit.ConnectionQualityUpdate.$Properties|null);
			streamStateUpdate?: (livekit.StreamStateUpdate.$Properties|null);
			subscribedQualityUpdate?: (livekit.SubscribedQualityUpdate.$Properties|null);
			subscriptionPermissionUpdate?: (livekit.SubscriptionPermissionUpdate.$Properties|null);
			refreshToken?: (string|null);
			trackUnpublished?: (livekit.TrackUnpublishedResponse.$Properties|null);
			pong?: (number|null);
			reconnect?: (livekit.ReconnectResponse.$Properties|null);
			pongResp?: (livekit.Pong.$Properties|null);
			subscriptionResponse?: (livekit.SubscriptionResponse.$Properties|null);
			requestResponse?: (livekit.RequestResponse.$Properties|null);
			trackSubscribed?: (livekit.TrackSubscribed.$Properties|null);
			roomMoved?: (livekit.RoomMovedResponse.$Properties|null);
			mediaSectionsRequirement?: (livekit.MediaSectionsRequirement.$Properties|null);
			subscribedAudioCodecUpdate?: (livekit.SubscribedAudioCodecUpdate.$Properties|null);
			publishDataTrackResponse?: (livekit.PublishDataTrackResponse.$Properties|null);
			unpublishDataTrackResponse?: (livekit.UnpublishDataTrackResponse.$Properties|null);
			dataTrackSubscriberHandles?: (livekit.DataTrackSubscriberHandles.$Properties|null);
			storeDataBlobResponse?: (livekit.StoreDataBlobResponse.$Properties|null);
			getDataBlobResponse?: (livekit.GetDataBlobResponse.$Properties|null);
			message?: ("join"|"answer"|"offer"|"trickle"|"update"|"trackPublished"|"leave"|"mute"|"speakersChanged"|"roomUpdate"|"connectionQuality"|"streamStateUpdate"|"subscribedQualityUpdate"|"subscriptionPermissionUpdate"|"refreshToken"|"trackUnpublished"|"pong"|"reconnect"|"pongResp"|"subscriptionResponse"|"requestResponse"|"trackSubscribed"|"roomMoved"|"mediaSectionsRequirement"|"subscribedAudioCodecUpdate"|"publishDataTrackResponse"|"unpublishDataTrackResponse"|"dataTrackSubscriberHandles"|"storeDataBlobResponse"|"getDataBlobResponse");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  join?: livekit.JoinResponse.$Shape|null;
		  answer?: livekit.SessionDescription.$Shape|null;
		  offer?: livekit.SessionDescription.$Shape|null;
		  trickle?: livekit.TrickleRequest.$Shape|null;
		  update?: livekit.ParticipantUpdate.$Shape|null;
		  trackPublished?: livekit.TrackPublishedResponse.$Shape|null;
		  leave?: livekit.LeaveRequest.$Shape|null;
		  mute?: livekit.MuteTrackRequest.$Shape|null;
		  speakersChanged?: livekit.SpeakersChanged.$Shape|null;
		  roomUpdate?: livekit.RoomUpdate.$Shape|null;
		  connectionQuality?: livekit.ConnectionQualityUpdate.$Shape|null;
		  streamStateUpdate?: livekit.StreamStateUpdate.$Shape|null;
		  subscribedQualityUpdate?: livekit.SubscribedQualityUpdate.$Shape|null;
		  subscriptionPermissionUpdate?: livekit.SubscriptionPermissionUpdate.$Shape|null;
		  refreshToken?: string|null;
		  trackUnpublished?: livekit.TrackUnpublishedResponse.$Shape|null;
		  pong?: number|null;
		  reconnect?: livekit.ReconnectResponse.$Shape|null;
		  pongResp?: livekit.Pong.$Shape|null;
		  subscriptionResponse?: livekit.SubscriptionResponse.$Shape|null;
		  requestResponse?: livekit.RequestResponse.$Shape|null;
		  trackSubscribed?: livekit.TrackSubscribed.$Shape|null;
		  roomMoved?: livekit.RoomMovedResponse.$Shape|null;
		  mediaSectionsRequirement?: livekit.MediaSectionsRequirement.$Shape|null;
		  subscribedAudioCodecUpdate?: livekit.SubscribedAudioCodecUpdate.$Shape|null;
		  publishDataTrackResponse?: livekit.PublishDataTrackResponse.$Shape|null;
		  unpublishDataTrackResponse?: livekit.UnpublishDataTrackResponse.$Shape|null;
		  dataTrackSubscriberHandles?: livekit.DataTrackSubscriberHandles.$Shape|null;
		  storeDataBlobResponse?: livekit.StoreDataBlobResponse.$Shape|null;
		  getDataBlobResponse?: livekit.GetDataBlobResponse.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ message?: undefined; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "join"; join: livekit.JoinResponse.$Shape; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "answer"; join?: null; answer: livekit.SessionDescription.$Shape; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "offer"; join?: null; answer?: null; offer: livekit.SessionDescription.$Shape; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "trickle"; join?: null; answer?: null; offer?: null; trickle: livekit.TrickleRequest.$Shape; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "update"; join?: null; answer?: null; offer?: null; trickle?: null; update: livekit.ParticipantUpdate.$Shape; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "trackPublished"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished: livekit.TrackPublishedResponse.$Shape; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "leave"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave: livekit.LeaveRequest.$Shape; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "mute"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute: livekit.MuteTrackRequest.$Shape; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "speakersChanged"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged: livekit.SpeakersChanged.$Shape; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "roomUpdate"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate: livekit.RoomUpdate.$Shape; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "connectionQuality"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality: livekit.ConnectionQualityUpdate.$Shape; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "streamStateUpdate"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate: livekit.StreamStateUpdate.$Shape; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "subscribedQualityUpdate"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate: livekit.SubscribedQualityUpdate.$Shape; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "subscriptionPermissionUpdate"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate: livekit.SubscriptionPermissionUpdate.$Shape; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "refreshToken"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken: string; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "trackUnpublished"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished: livekit.TrackUnpublishedResponse.$Shape; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "pong"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong: number; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "reconnect"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect: livekit.ReconnectResponse.$Shape; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "pongResp"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp: livekit.Pong.$Shape; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "subscriptionResponse"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse: livekit.SubscriptionResponse.$Shape; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "requestResponse"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse: livekit.RequestResponse.$Shape; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "trackSubscribed"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed: livekit.TrackSubscribed.$Shape; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "roomMoved"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved: livekit.RoomMovedResponse.$Shape; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "mediaSectionsRequirement"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement: livekit.MediaSectionsRequirement.$Shape; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "subscribedAudioCodecUpdate"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate: livekit.SubscribedAudioCodecUpdate.$Shape; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "publishDataTrackResponse"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse: livekit.PublishDataTrackResponse.$Shape; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "unpublishDataTrackResponse"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse: livekit.UnpublishDataTrackResponse.$Shape; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "dataTrackSubscriberHandles"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles: livekit.DataTrackSubscriberHandles.$Shape; storeDataBlobResponse?: null; getDataBlobResponse?: null }|{ message?: "storeDataBlobResponse"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse: livekit.StoreDataBlobResponse.$Shape; getDataBlobResponse?: null }|{ message?: "getDataBlobResponse"; join?: null; answer?: null; offer?: null; trickle?: null; update?: null; trackPublished?: null; leave?: null; mute?: null; speakersChanged?: null; roomUpdate?: null; connectionQuality?: null; streamStateUpdate?: null; subscribedQualityUpdate?: null; subscriptionPermissionUpdate?: null; refreshToken?: null; trackUnpublished?: null; pong?: null; reconnect?: null; pongResp?: null; subscriptionResponse?: null; requestResponse?: null; trackSubscribed?: null; roomMoved?: null; mediaSectionsRequirement?: null; subscribedAudioCodecUpdate?: null; publishDataTrackResponse?: null; unpublishDataTrackResponse?: null; dataTrackSubscriberHandles?: null; storeDataBlobResponse?: null; getDataBlobResponse: livekit.GetDataBlobResponse.$Shape })
		);
	}

	interface ISimulcastCodec extends livekit.SimulcastCodec.$Properties {
	}

	class SimulcastCodec {
		constructor(properties?: livekit.SimulcastCodec.$Properties);
		$unknowns?: Uint8Array[];
		codec: string;
		cid: string;
		layers: livekit.VideoLayer.$Properties[];
		videoLayerMode: livekit.VideoLayer.Mode;
		static create(properties: livekit.SimulcastCodec.$Shape): livekit.SimulcastCodec & livekit.SimulcastCodec.$Shape;
		static create(properties?: livekit.SimulcastCodec.$Properties): livekit.SimulcastCodec;
		static encode(message: livekit.SimulcastCodec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SimulcastCodec & livekit.SimulcastCodec.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SimulcastCodec {
		interface $Properties {
			codec?: (string|null);
			cid?: (string|null);
			layers?: (livekit.VideoLayer.$Properties[]|null);
			videoLayerMode?: (livekit.VideoLayer.Mode|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SimulcastCodec.$Properties;
	}

	interface IAddTrackRequest extends livekit.AddTrackRequest.$Properties {
	}

	class AddTrackRequest {
		constructor(properties?: livekit.AddTrackRequest.$Properties);
		$unknowns?: Uint8Array[];
		cid: string;
		name: string;
		type: livekit.TrackType;
		width: number;
		height: number;
		muted: boolean;
		disableDtx: boolean;
		source: livekit.TrackSource;
		layers: livekit.VideoLayer.$Properties[];
		simulcastCodecs: livekit.SimulcastCodec.$Properties[];
		sid: string;
		stereo: boolean;
		disableRed: boolean;
		encryption: livekit.Encryption.Type;
		stream: string;
		backupCodecPolicy: livekit.BackupCodecPolicy;
		audioFeatures: livekit.AudioTrackFeature[];
		packetTrailerFeatures: livekit.PacketTrailerFeature[];
		static create(properties: livekit.AddTrackRequest.$Shape): livekit.AddTrackRequest & livekit.AddTrackRequest.$Shape;
		static create(properties?: livekit.AddTrackRequest.$Properties): livekit.AddTrackRequest;
		static encode(message: livekit.AddTrackRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.AddTrackRequest & livekit.AddTrackRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace AddTrackRequest {
		interface $Properties {
			cid?: (string|null);
			name?: (string|null);
			type?: (livekit.TrackType|null);
			width?: (number|null);
			height?: (number|null);
			muted?: (boolean|null);
			disableDtx?: (boolean|null);
			source?: (livekit.TrackSource|null);
			layers?: (livekit.VideoLayer.$Properties[]|null);
			simulcastCodecs?: (livekit.SimulcastCodec.$Properties[]|null);
			sid?: (string|null);
			stereo?: (boolean|null);
			disableRed?: (boolean|null);
			encryption?: (livekit.Encryption.Type|null);
			stream?: (string|null);
			backupCodecPolicy?: (livekit.BackupCodecPolicy|null);
			audioFeatures?: (livekit.AudioTrackFeature[]|null);
			packetTrailerFeatures?: (livekit.PacketTrailerFeature[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.AddTrackRequest.$Properties;
	}

	interface IPublishDataTrackRequest extends livekit.PublishDataTrackRequest.$Properties {
	}

	class PublishDataTrackRequest {
		constructor(properties?: livekit.PublishDataTrackRequest.$Properties);
		$unknowns?: Uint8Array[];
		pubHandle: number;
		name: string;
		encryption: livekit.Encryption.Type;
		frameEncoding?: (livekit.DataTrackFrameEncoding.$Properties|null);
		schema?: (livekit.DataTrackSchemaId.$Properties|null);
		static create(properties: livekit.PublishDataTrackRequest.$Shape): livekit.PublishDataTrackRequest & livekit.PublishDataTrackRequest.$Shape;
		static create(properties?: livekit.PublishDataTrackRequest.$Properties): livekit.PublishDataTrackRequest;
		static encode(message: livekit.PublishDataTrackRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.PublishDataTrackRequest & livekit.PublishDataTrackRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace PublishDataTrackRequest {
		interface $Properties {
			pubHandle?: (number|null);
			name?: (string|null);
			encryption?: (livekit.Encryption.Type|null);
			frameEncoding?: (livekit.DataTrackFrameEncoding.$Properties|null);
			schema?: (livekit.DataTrackSchemaId.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  pubHandle?: number|null;
		  name?: string|null;
		  encryption?: livekit.Encryption.Type|null;
		  frameEncoding?: livekit.DataTrackFrameEncoding.$Shape|null;
		  schema?: livekit.DataTrackSchemaId.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IPublishDataTrackResponse extends livekit.PublishDataTrackResponse.$Properties {
	}

	class PublishDataTrackResponse {
		constructor(properties?: livekit.PublishDataTrackResponse.$Properties);
		$unknowns?: Uint8Array[];
		info?: (livekit.DataTrackInfo.$Properties|null);
		static create(properties: livekit.PublishDataTrackResponse.$Shape): livekit.PublishDataTrackResponse & livekit.PublishDataTrackResponse.$Shape;
		static create(properties?: livekit.PublishDataTrackResponse.$Properties): livekit.PublishDataTrackResponse;
		static encode(message: livekit.PublishDataTrackResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.PublishDataTrackResponse & livekit.PublishDataTrackResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace PublishDataTrackResponse {
		interface $Properties {
			info?: (livekit.DataTrackInfo.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  info?: livekit.DataTrackInfo.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IUnpublishDataTrackRequest extends livekit.UnpublishDataTrackRequest.$Properties {
	}

	class UnpublishDataTrackRequest {
		constructor(properties?: livekit.UnpublishDataTrackRequest.$Properties);
		$unknowns?: Uint8Array[];
		pubHandle: number;
		static create(properties: livekit.UnpublishDataTrackRequest.$Shape): livekit.UnpublishDataTrackRequest & livekit.UnpublishDataTrackRequest.$Shape;
		static create(properties?: livekit.UnpublishDataTrackRequest.$Properties): livekit.UnpublishDataTrackRequest;
		static encode(message: livekit.UnpublishDataTrackRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UnpublishDataTrackRequest & livekit.UnpublishDataTrackRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UnpublishDataTrackRequest {
		interface $Properties {
			pubHandle?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UnpublishDataTrackRequest.$Properties;
	}

	interface IUnpublishDataTrackResponse extends livekit.UnpublishDataTrackResponse.$Properties {
	}

	class UnpublishDataTrackResponse {
		constructor(properties?: livekit.UnpublishDataTrackResponse.$Properties);
		$unknowns?: Uint8Array[];
		info?: (livekit.DataTrackInfo.$Properties|null);
		static create(properties: livekit.UnpublishDataTrackResponse.$Shape): livekit.UnpublishDataTrackResponse & livekit.UnpublishDataTrackResponse.$Shape;
		static create(properties?: livekit.UnpublishDataTrackResponse.$Properties): livekit.UnpublishDataTrackResponse;
		static encode(message: livekit.UnpublishDataTrackResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UnpublishDataTrackResponse & livekit.UnpublishDataTrackResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UnpublishDataTrackResponse {
		interface $Properties {
			info?: (livekit.DataTrackInfo.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  info?: livekit.DataTrackInfo.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IDataTrackSubscriberHandles extends livekit.DataTrackSubscriberHandles.$Properties {
	}

	class DataTrackSubscriberHandles {
		constructor(properties?: livekit.DataTrackSubscriberHandles.$Properties);
		$unknowns?: Uint8Array[];
		subHandles: { [k: string]: livekit.DataTrackSubscriberHandles.PublishedDataTrack.$Properties };
		static create(properties: livekit.DataTrackSubscriberHandles.$Shape): livekit.DataTrackSubscriberHandles & livekit.DataTrackSubscriberHandles.$Shape;
		static create(properties?: livekit.DataTrackSubscriberHandles.$Properties): livekit.DataTrackSubscriberHandles;
		static encode(message: livekit.DataTrackSubscriberHandles.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataTrackSubscriberHandles & livekit.DataTrackSubscriberHandles.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DataTrackSubscriberHandles {
		interface $Properties {
			subHandles?: ({ [k: string]: livekit.DataTrackSubscriberHandles.PublishedDataTrack.$Properties }|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DataTrackSubscriberHandles.$Properties;

		interface IPublishedDataTrack extends livekit.DataTrackSubscriberHandles.PublishedDataTrack.$Properties {
		}

		class PublishedDataTrack {
			constructor(properties?: livekit.DataTrackSubscriberHandles.PublishedDataTrack.$Properties);
			$unknowns?: Uint8Array[];
			publisherIdentity: string;
			publisherSid: string;
			trackSid: string;
			static create(properties: livekit.DataTrackSubscriberHandles.PublishedDataTrack.$Shape): livekit.DataTrackSubscriberHandles.PublishedDataTrack & livekit.DataTrackSubscriberHandles.PublishedDataTrack.$Shape;
			static create(properties?: livekit.DataTrackSubscriberHandles.PublishedDataTrack.$Properties): livekit.DataTrackSubscriberHandles.PublishedDataTrack;
			static encode(message: livekit.DataTrackSubscriberHandles.PublishedDataTrack.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataTrackSubscriberHandles.PublishedDataTrack & livekit.DataTrackSubscriberHandles.PublishedDataTrack.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace PublishedDataTrack {
			interface $Properties {
				publisherIdentity?: (string|null);
				publisherSid?: (string|null);
				trackSid?: (string|null);
				$unknowns?: Uint8Array[];
			}
			type $Shape = livekit.DataTrackSubscriberHandles.PublishedDataTrack.$Properties;
		}
	}

	interface ITrickleRequest extends livekit.TrickleRequest.$Properties {
	}

	class TrickleRequest {
		constructor(properties?: livekit.TrickleRequest.$Properties);
		$unknowns?: Uint8Array[];
		candidateInit: string;
		target: livekit.SignalTarget;
		final: boolean;
		static create(properties: livekit.TrickleRequest.$Shape): livekit.TrickleRequest & livekit.TrickleRequest.$Shape;
		static create(properties?: livekit.TrickleRequest.$Properties): livekit.TrickleRequest;
		static encode(message: livekit.TrickleRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TrickleRequest & livekit.TrickleRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TrickleRequest {
		interface $Properties {
			candidateInit?: (string|null);
			target?: (livekit.SignalTarget|null);
			final?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.TrickleRequest.$Properties;
	}

	interface IMuteTrackRequest extends livekit.MuteTrackRequest.$Properties {
	}

	class MuteTrackRequest {
		constructor(properties?: livekit.MuteTrackRequest.$Properties);
		$unknowns?: Uint8Array[];
		sid: string;
		muted: boolean;
		static create(properties: livekit.MuteTrackRequest.$Shape): livekit.MuteTrackRequest & livekit.MuteTrackRequest.$Shape;
		static create(properties?: livekit.MuteTrackRequest.$Properties): livekit.MuteTrackRequest;
		static encode(message: livekit.MuteTrackRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.MuteTrackRequest & livekit.MuteTrackRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace MuteTrackRequest {
		interface $Properties {
			sid?: (string|null);
			muted?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.MuteTrackRequest.$Properties;
	}

	interface IJoinResponse extends livekit.JoinResponse.$Properties {
	}

	class JoinResponse {
		constructor(properties?: livekit.JoinResponse.$Properties);
		$unknowns?: Uint8Array[];
		room?: (livekit.Room.$Properties|null);
		participant?: (livekit.ParticipantInfo.$Properties|null);
		otherParticipants: livekit.ParticipantInfo.$Properties[];
		serverVersion: string;
		iceServers: livekit.ICEServer.$Properties[];
		subscriberPrimary: boolean;
		alternativeUrl: string;
		clientConfiguration?: (livekit.ClientConfiguration.$Properties|null);
		serverRegion: string;
		pingTimeout: number;
		pingInterval: number;
		serverInfo?: (livekit.ServerInfo.$Properties|null);
		sifTrailer: Uint8Array;
		enabledPublishCodecs: livekit.Codec.$Properties[];
		fastPublish: boolean;
		static create(properties: livekit.JoinResponse.$Shape): livekit.JoinResponse & livekit.JoinResponse.$Shape;
		static create(properties?: livekit.JoinResponse.$Properties): livekit.JoinResponse;
		static encode(message: livekit.JoinResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.JoinResponse & livekit.JoinResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace JoinResponse {
		interface $Properties {
			room?: (livekit.Room.$Properties|null);
			participant?: (livekit.ParticipantInfo.$Properties|null);
			otherParticipants?: (livekit.ParticipantInfo.$Properties[]|null);
			serverVersion?: (string|null);
			iceServers?: (livekit.ICEServer.$Properties[]|null);
			subscriberPrimary?: (boolean|null);
			alternativeUrl?: (string|null);
			clientConfiguration?: (livekit.ClientConfiguration.$Properties|null);
			serverRegion?: (string|null);
			pingTimeout?: (number|null);
			pingInterval?: (number|null);
			serverInfo?: (livekit.ServerInfo.$Properties|null);
			sifTrailer?: (Uint8Array|null);
			enabledPublishCodecs?: (livekit.Codec.$Properties[]|null);
			fastPublish?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  room?: livekit.Room.$Shape|null;
		  participant?: livekit.ParticipantInfo.$Shape|null;
		  otherParticipants?: livekit.ParticipantInfo.$Shape[]|null;
		  serverVersion?: string|null;
		  iceServers?: livekit.ICEServer.$Shape[]|null;
		  subscriberPrimary?: boolean|null;
		  alternativeUrl?: string|null;
		  clientConfiguration?: livekit.ClientConfiguration.$Shape|null;
		  serverRegion?: string|null;
		  pingTimeout?: number|null;
		  pingInterval?: number|null;
		  serverInfo?: livekit.ServerInfo.$Shape|null;
		  sifTrailer?: Uint8Array|null;
		  enabledPublishCodecs?: livekit.Codec.$Shape[]|null;
		  fastPublish?: boolean|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IReconnectResponse extends livekit.ReconnectResponse.$Properties {
	}

	class ReconnectResponse {
		constructor(properties?: livekit.ReconnectResponse.$Properties);
		$unknowns?: Uint8Array[];
		iceServers: livekit.ICEServer.$Properties[];
		clientConfiguration?: (livekit.ClientConfiguration.$Properties|null);
		serverInfo?: (livekit.ServerInfo.$Properties|null);
		lastMessageSeq: number;
		static create(properties: livekit.ReconnectResponse.$Shape): livekit.ReconnectResponse & livekit.ReconnectResponse.$Shape;
		static create(properties?: livekit.ReconnectResponse.$Properties): livekit.ReconnectResponse;
		static encode(message: livekit.ReconnectResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ReconnectResponse & livekit.ReconnectResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ReconnectResponse {
		interface $Properties {
			iceServers?: (livekit.ICEServer.$Properties[]|null);
			clientConfiguration?: (livekit.ClientConfiguration.$Properties|null);
			serverInfo?: (livekit.ServerInfo.$Properties|null);
			lastMessageSeq?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ReconnectResponse.$Properties;
	}

	interface ITrackPublishedResponse extends livekit.TrackPublishedResponse.$Properties {
	}

	class TrackPublishedResponse {
		constructor(properties?: livekit.TrackPublishedResponse.$Properties);
		$unknowns?: Uint8Array[];
		cid: string;
		track?: (livekit.TrackInfo.$Properties|null);
		static create(properties: livekit.TrackPublishedResponse.$Shape): livekit.TrackPublishedResponse & livekit.TrackPublishedResponse.$Shape;
		static create(properties?: livekit.TrackPublishedResponse.$Properties): livekit.TrackPublishedResponse;
		static encode(message: livekit.TrackPublishedResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TrackPublishedResponse & livekit.TrackPublishedResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TrackPublishedResponse {
		interface $Properties {
			cid?: (string|null);
			track?: (livekit.TrackInfo.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.TrackPublishedResponse.$Properties;
	}

	interface ITrackUnpublishedResponse extends livekit.TrackUnpublishedResponse.$Properties {
	}

	class TrackUnpublishedResponse {
		constructor(properties?: livekit.TrackUnpublishedResponse.$Properties);
		$unknowns?: Uint8Array[];
		trackSid: string;
		static create(properties: livekit.TrackUnpublishedResponse.$Shape): livekit.TrackUnpublishedResponse & livekit.TrackUnpublishedResponse.$Shape;
		static create(properties?: livekit.TrackUnpublishedResponse.$Properties): livekit.TrackUnpublishedResponse;
		static encode(message: livekit.TrackUnpublishedResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TrackUnpublishedResponse & livekit.TrackUnpublishedResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TrackUnpublishedResponse {
		interface $Properties {
			trackSid?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.TrackUnpublishedResponse.$Properties;
	}

	interface ISessionDescription extends livekit.SessionDescription.$Properties {
	}

	class SessionDescription {
		constructor(properties?: livekit.SessionDescription.$Properties);
		$unknowns?: Uint8Array[];
		type: string;
		sdp: string;
		id: number;
		midToTrackId: { [k: string]: string };
		static create(properties: livekit.SessionDescription.$Shape): livekit.SessionDescription & livekit.SessionDescription.$Shape;
		static create(properties?: livekit.SessionDescription.$Properties): livekit.SessionDescription;
		static encode(message: livekit.SessionDescription.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SessionDescription & livekit.SessionDescription.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SessionDescription {
		interface $Properties {
			type?: (string|null);
			sdp?: (string|null);
			id?: (number|null);
			midToTrackId?: ({ [k: string]: string }|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SessionDescription.$Properties;
	}

	interface IParticipantUpdate extends livekit.ParticipantUpdate.$Properties {
	}

	class ParticipantUpdate {
		constructor(properties?: livekit.ParticipantUpdate.$Properties);
		$unknowns?: Uint8Array[];
		participants: livekit.ParticipantInfo.$Properties[];
		fullSnapshot: boolean;
		static create(properties: livekit.ParticipantUpdate.$Shape): livekit.ParticipantUpdate & livekit.ParticipantUpdate.$Shape;
		static create(properties?: livekit.ParticipantUpdate.$Properties): livekit.ParticipantUpdate;
		static encode(message: livekit.ParticipantUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ParticipantUpdate & livekit.ParticipantUpdate.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ParticipantUpdate {
		interface $Properties {
			participants?: (livekit.ParticipantInfo.$Properties[]|null);
			fullSnapshot?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  participants?: livekit.ParticipantInfo.$Shape[]|null;
		  fullSnapshot?: boolean|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IUpdateSubscription extends livekit.UpdateSubscription.$Properties {
	}

	class UpdateSubscription {
		constructor(properties?: livekit.UpdateSubscription.$Properties);
		$unknowns?: Uint8Array[];
		trackSids: string[];
		subscribe: boolean;
		participantTracks: livekit.ParticipantTracks.$Properties[];
		static create(properties: livekit.UpdateSubscription.$Shape): livekit.UpdateSubscription & livekit.UpdateSubscription.$Shape;
		static create(properties?: livekit.UpdateSubscription.$Properties): livekit.UpdateSubscription;
		static encode(message: livekit.UpdateSubscription.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateSubscription & livekit.UpdateSubscription.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateSubscription {
		interface $Properties {
			trackSids?: (string[]|null);
			subscribe?: (boolean|null);
			participantTracks?: (livekit.ParticipantTracks.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdateSubscription.$Properties;
	}

	interface IUpdateDataSubscription extends livekit.UpdateDataSubscription.$Properties {
	}

	class UpdateDataSubscription {
		constructor(properties?: livekit.UpdateDataSubscription.$Properties);
		$unknowns?: Uint8Array[];
		updates: livekit.UpdateDataSubscription.Update.$Properties[];
		static create(properties: livekit.UpdateDataSubscription.$Shape): livekit.UpdateDataSubscription & livekit.UpdateDataSubscription.$Shape;
		static create(properties?: livekit.UpdateDataSubscription.$Properties): livekit.UpdateDataSubscription;
		static encode(message: livekit.UpdateDataSubscription.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateDataSubscription & livekit.UpdateDataSubscription.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateDataSubscription {
		interface $Properties {
			updates?: (livekit.UpdateDataSubscription.Update.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdateDataSubscription.$Properties;

		interface IUpdate extends livekit.UpdateDataSubscription.Update.$Properties {
		}

		class Update {
			constructor(properties?: livekit.UpdateDataSubscription.Update.$Properties);
			$unknowns?: Uint8Array[];
			trackSid: string;
			subscribe: boolean;
			options?: (livekit.DataTrackSubscriptionOptions.$Properties|null);
			static create(properties: livekit.UpdateDataSubscription.Update.$Shape): livekit.UpdateDataSubscription.Update & livekit.UpdateDataSubscription.Update.$Shape;
			static create(properties?: livekit.UpdateDataSubscription.Update.$Properties): livekit.UpdateDataSubscription.Update;
			static encode(message: livekit.UpdateDataSubscription.Update.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateDataSubscription.Update & livekit.UpdateDataSubscription.Update.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace Update {
			interface $Properties {
				trackSid?: (string|null);
				subscribe?: (boolean|null);
				options?: (livekit.DataTrackSubscriptionOptions.$Properties|null);
				$unknowns?: Uint8Array[];
			}
			type $Shape = livekit.UpdateDataSubscription.Update.$Properties;
		}
	}

	interface IStoreDataBlobRequest extends livekit.StoreDataBlobRequest.$Properties {
	}

	class StoreDataBlobRequest {
		constructor(properties?: livekit.StoreDataBlobRequest.$Properties);
		$unknowns?: Uint8Array[];
		requestId: number;
		blob?: (livekit.DataBlob.$Properties|null);
		static create(properties: livekit.StoreDataBlobRequest.$Shape): livekit.StoreDataBlobRequest & livekit.StoreDataBlobRequest.$Shape;
		static create(properties?: livekit.StoreDataBlobRequest.$Properties): livekit.StoreDataBlobRequest;
		static encode(message: livekit.StoreDataBlobRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.StoreDataBlobRequest & livekit.StoreDataBlobRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StoreDataBlobRequest {
		interface $Properties {
			requestId?: (number|null);
			blob?: (livekit.DataBlob.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  requestId?: number|null;
		  blob?: livekit.DataBlob.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IStoreDataBlobResponse extends livekit.StoreDataBlobResponse.$Properties {
	}

	class StoreDataBlobResponse {
		constructor(properties?: livekit.StoreDataBlobResponse.$Properties);
		$unknowns?: Uint8Array[];
		requestId: number;
		key?: (livekit.DataBlobKey.$Properties|null);
		static create(properties: livekit.StoreDataBlobResponse.$Shape): livekit.StoreDataBlobResponse & livekit.StoreDataBlobResponse.$Shape;
		static create(properties?: livekit.StoreDataBlobResponse.$Properties): livekit.StoreDataBlobResponse;
		static encode(message: livekit.StoreDataBlobResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.StoreDataBlobResponse & livekit.StoreDataBlobResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StoreDataBlobResponse {
		interface $Properties {
			requestId?: (number|null);
			key?: (livekit.DataBlobKey.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  requestId?: number|null;
		  key?: livekit.DataBlobKey.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IGetDataBlobRequest extends livekit.GetDataBlobRequest.$Properties {
	}

	class GetDataBlobRequest {
		constructor(properties?: livekit.GetDataBlobRequest.$Properties);
		$unknowns?: Uint8Array[];
		requestId: number;
		participantIdentity: string;
		key?: (livekit.DataBlobKey.$Properties|null);
		static create(properties: livekit.GetDataBlobRequest.$Shape): livekit.GetDataBlobRequest & livekit.GetDataBlobRequest.$Shape;
		static create(properties?: livekit.GetDataBlobRequest.$Properties): livekit.GetDataBlobRequest;
		static encode(message: livekit.GetDataBlobRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.GetDataBlobRequest & livekit.GetDataBlobRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace GetDataBlobRequest {
		interface $Properties {
			requestId?: (number|null);
			participantIdentity?: (string|null);
			key?: (livekit.DataBlobKey.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  requestId?: number|null;
		  participantIdentity?: string|null;
		  key?: livekit.DataBlobKey.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IGetDataBlobResponse extends livekit.GetDataBlobResponse.$Properties {
	}

	class GetDataBlobResponse {
		constructor(properties?: livekit.GetDataBlobResponse.$Properties);
		$unknowns?: Uint8Array[];
		requestId: number;
		blob?: (livekit.DataBlob.$Properties|null);
		static create(properties: livekit.GetDataBlobResponse.$Shape): livekit.GetDataBlobResponse & livekit.GetDataBlobResponse.$Shape;
		static create(properties?: livekit.GetDataBlobResponse.$Properties): livekit.GetDataBlobResponse;
		static encode(message: livekit.GetDataBlobResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.GetDataBlobResponse & livekit.GetDataBlobResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace GetDataBlobResponse {
		interface $Properties {
			requestId?: (number|null);
			blob?: (livekit.DataBlob.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  requestId?: number|null;
		  blob?: livekit.DataBlob.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IUpdateTrackSettings extends livekit.UpdateTrackSettings.$Properties {
	}

	class UpdateTrackSettings {
		constructor(properties?: livekit.UpdateTrackSettings.$Properties);
		$unknowns?: Uint8Array[];
		trackSids: string[];
		disabled: boolean;
		quality: livekit.VideoQuality;
		width: number;
		height: number;
		fps: number;
		priority: number;
		static create(properties: livekit.UpdateTrackSettings.$Shape): livekit.UpdateTrackSettings & livekit.UpdateTrackSettings.$Shape;
		static create(properties?: livekit.UpdateTrackSettings.$Properties): livekit.UpdateTrackSettings;
		static encode(message: livekit.UpdateTrackSettings.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateTrackSettings & livekit.UpdateTrackSettings.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateTrackSettings {
		interface $Properties {
			trackSids?: (string[]|null);
			disabled?: (boolean|null);
			quality?: (livekit.VideoQuality|null);
			width?: (number|null);
			height?: (number|null);
			fps?: (number|null);
			priority?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdateTrackSettings.$Properties;
	}

	interface IUpdateLocalAudioTrack extends livekit.UpdateLocalAudioTrack.$Properties {
	}

	class UpdateLocalAudioTrack {
		constructor(properties?: livekit.UpdateLocalAudioTrack.$Properties);
		$unknowns?: Uint8Array[];
		trackSid: string;
		features: livekit.AudioTrackFeature[];
		static create(properties: livekit.UpdateLocalAudioTrack.$Shape): livekit.UpdateLocalAudioTrack & livekit.UpdateLocalAudioTrack.$Shape;
		static create(properties?: livekit.UpdateLocalAudioTrack.$Properties): livekit.UpdateLocalAudioTrack;
		static encode(message: livekit.UpdateLocalAudioTrack.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateLocalAudioTrack & livekit.UpdateLocalAudioTrack.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateLocalAudioTrack {
		interface $Properties {
			trackSid?: (string|null);
			features?: (livekit.AudioTrackFeature[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdateLocalAudioTrack.$Properties;
	}

	interface IUpdateLocalVideoTrack extends livekit.UpdateLocalVideoTrack.$Properties {
	}

	class UpdateLocalVideoTrack {
		constructor(properties?: livekit.UpdateLocalVideoTrack.$Properties);
		$unknowns?: Uint8Array[];
		trackSid: string;
		width: number;
		height: number;
		static create(properties: livekit.UpdateLocalVideoTrack.$Shape): livekit.UpdateLocalVideoTrack & livekit.UpdateLocalVideoTrack.$Shape;
		static create(properties?: livekit.UpdateLocalVideoTrack.$Properties): livekit.UpdateLocalVideoTrack;
		static encode(message: livekit.UpdateLocalVideoTrack.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateLocalVideoTrack & livekit.UpdateLocalVideoTrack.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateLocalVideoTrack {
		interface $Properties {
			trackSid?: (string|null);
			width?: (number|null);
			height?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdateLocalVideoTrack.$Properties;
	}

	interface ILeaveRequest extends livekit.LeaveRequest.$Properties {
	}

	class LeaveRequest {
		constructor(properties?: livekit.LeaveRequest.$Properties);
		$unknowns?: Uint8Array[];
		canReconnect: boolean;
		reason: livekit.DisconnectReason;
		action: livekit.LeaveRequest.Action;
		regions?: (livekit.RegionSettings.$Properties|null);
		static create(properties: livekit.LeaveRequest.$Shape): livekit.LeaveRequest & livekit.LeaveRequest.$Shape;
		static create(properties?: livekit.LeaveRequest.$Properties): livekit.LeaveRequest;
		static encode(message: livekit.LeaveRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.LeaveRequest & livekit.LeaveRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace LeaveRequest {
		interface $Properties {
			canReconnect?: (boolean|null);
			reason?: (livekit.DisconnectReason|null);
			action?: (livekit.LeaveRequest.Action|null);
			regions?: (livekit.RegionSettings.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.LeaveRequest.$Properties;

		enum Action {
			DISCONNECT = 0,
			RESUME = 1,
			RECONNECT = 2
		}
	}

	interface IUpdateVideoLayers extends livekit.UpdateVideoLayers.$Properties {
	}

	class UpdateVideoLayers {
		constructor(properties?: livekit.UpdateVideoLayers.$Properties);
		$unknowns?: Uint8Array[];
		trackSid: string;
		layers: livekit.VideoLayer.$Properties[];
		static create(properties: livekit.UpdateVideoLayers.$Shape): livekit.UpdateVideoLayers & livekit.UpdateVideoLayers.$Shape;
		static create(properties?: livekit.UpdateVideoLayers.$Properties): livekit.UpdateVideoLayers;
		static encode(message: livekit.UpdateVideoLayers.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateVideoLayers & livekit.UpdateVideoLayers.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateVideoLayers {
		interface $Properties {
			trackSid?: (string|null);
			layers?: (livekit.VideoLayer.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdateVideoLayers.$Properties;
	}

	interface IUpdateParticipantMetadata extends livekit.UpdateParticipantMetadata.$Properties {
	}

	class UpdateParticipantMetadata {
		constructor(properties?: livekit.UpdateParticipantMetadata.$Properties);
		$unknowns?: Uint8Array[];
		metadata: string;
		name: string;
		attributes: { [k: string]: string };
		requestId: number;
		static create(properties: livekit.UpdateParticipantMetadata.$Shape): livekit.UpdateParticipantMetadata & livekit.UpdateParticipantMetadata.$Shape;
		static create(properties?: livekit.UpdateParticipantMetadata.$Properties): livekit.UpdateParticipantMetadata;
		static encode(message: livekit.UpdateParticipantMetadata.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdateParticipantMetadata & livekit.UpdateParticipantMetadata.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateParticipantMetadata {
		interface $Properties {
			metadata?: (string|null);
			name?: (string|null);
			attributes?: ({ [k: string]: string }|null);
			requestId?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdateParticipantMetadata.$Properties;
	}

	interface IICEServer extends livekit.ICEServer.$Properties {
	}

	class ICEServer {
		constructor(properties?: livekit.ICEServer.$Properties);
		$unknowns?: Uint8Array[];
		urls: string[];
		username: string;
		credential: string;
		static create(properties: livekit.ICEServer.$Shape): livekit.ICEServer & livekit.ICEServer.$Shape;
		static create(properties?: livekit.ICEServer.$Properties): livekit.ICEServer;
		static encode(message: livekit.ICEServer.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ICEServer & livekit.ICEServer.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ICEServer {
		interface $Properties {
			urls?: (string[]|null);
			username?: (string|null);
			credential?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ICEServer.$Properties;
	}

	interface ISpeakersChanged extends livekit.SpeakersChanged.$Properties {
	}

	class SpeakersChanged {
		constructor(properties?: livekit.SpeakersChanged.$Properties);
		$unknowns?: Uint8Array[];
		speakers: livekit.SpeakerInfo.$Properties[];
		static create(properties: livekit.SpeakersChanged.$Shape): livekit.SpeakersChanged & livekit.SpeakersChanged.$Shape;
		static create(properties?: livekit.SpeakersChanged.$Properties): livekit.SpeakersChanged;
		static encode(message: livekit.SpeakersChanged.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SpeakersChanged & livekit.SpeakersChanged.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SpeakersChanged {
		interface $Properties {
			speakers?: (livekit.SpeakerInfo.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SpeakersChanged.$Properties;
	}

	interface IRoomUpdate extends livekit.RoomUpdate.$Properties {
	}

	class RoomUpdate {
		constructor(properties?: livekit.RoomUpdate.$Properties);
		$unknowns?: Uint8Array[];
		room?: (livekit.Room.$Properties|null);
		static create(properties: livekit.RoomUpdate.$Shape): livekit.RoomUpdate & livekit.RoomUpdate.$Shape;
		static create(properties?: livekit.RoomUpdate.$Properties): livekit.RoomUpdate;
		static encode(message: livekit.RoomUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RoomUpdate & livekit.RoomUpdate.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RoomUpdate {
		interface $Properties {
			room?: (livekit.Room.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RoomUpdate.$Properties;
	}

	interface IConnectionQualityInfo extends livekit.ConnectionQualityInfo.$Properties {
	}

	class ConnectionQualityInfo {
		constructor(properties?: livekit.ConnectionQualityInfo.$Properties);
		$unknowns?: Uint8Array[];
		participantSid: string;
		quality: livekit.ConnectionQuality;
		score: number;
		static create(properties: livekit.ConnectionQualityInfo.$Shape): livekit.ConnectionQualityInfo & livekit.ConnectionQualityInfo.$Shape;
		static create(properties?: livekit.ConnectionQualityInfo.$Properties): livekit.ConnectionQualityInfo;
		static encode(message: livekit.ConnectionQualityInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ConnectionQualityInfo & livekit.ConnectionQualityInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ConnectionQualityInfo {
		interface $Properties {
			participantSid?: (string|null);
			quality?: (livekit.ConnectionQuality|null);
			score?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ConnectionQualityInfo.$Properties;
	}

	interface IConnectionQualityUpdate extends livekit.ConnectionQualityUpdate.$Properties {
	}

	class ConnectionQualityUpdate {
		constructor(properties?: livekit.ConnectionQualityUpdate.$Properties);
		$unknowns?: Uint8Array[];
		updates: livekit.ConnectionQualityInfo.$Properties[];
		static create(properties: livekit.ConnectionQualityUpdate.$Shape): livekit.ConnectionQualityUpdate & livekit.ConnectionQualityUpdate.$Shape;
		static create(properties?: livekit.ConnectionQualityUpdate.$Properties): livekit.ConnectionQualityUpdate;
		static encode(message: livekit.ConnectionQualityUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ConnectionQualityUpdate & livekit.ConnectionQualityUpdate.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ConnectionQualityUpdate {
		interface $Properties {
			updates?: (livekit.ConnectionQualityInfo.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ConnectionQualityUpdate.$Properties;
	}

	interface IStreamStateInfo extends livekit.StreamStateInfo.$Properties {
	}

	class StreamStateInfo {
		constructor(properties?: livekit.StreamStateInfo.$Properties);
		$unknowns?: Uint8Array[];
		participantSid: string;
		trackSid: string;
		state: livekit.StreamState;
		static create(properties: livekit.StreamStateInfo.$Shape): livekit.StreamStateInfo & livekit.StreamStateInfo.$Shape;
		static create(properties?: livekit.StreamStateInfo.$Properties): livekit.StreamStateInfo;
		static encode(message: livekit.StreamStateInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.StreamStateInfo & livekit.StreamStateInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StreamStateInfo {
		interface $Properties {
			participantSid?: (string|null);
			trackSid?: (string|null);
			state?: (livekit.StreamState|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.StreamStateInfo.$Properties;
	}

	interface IStreamStateUpdate extends livekit.StreamStateUpdate.$Properties {
	}

	class StreamStateUpdate {
		constructor(properties?: livekit.StreamStateUpdate.$Properties);
		$unknowns?: Uint8Array[];
		streamStates: livekit.StreamStateInfo.$Properties[];
		static create(properties: livekit.StreamStateUpdate.$Shape): livekit.StreamStateUpdate & livekit.StreamStateUpdate.$Shape;
		static create(properties?: livekit.StreamStateUpdate.$Properties): livekit.StreamStateUpdate;
		static encode(message: livekit.StreamStateUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.StreamStateUpdate & livekit.StreamStateUpdate.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StreamStateUpdate {
		interface $Properties {
			streamStates?: (livekit.StreamStateInfo.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.StreamStateUpdate.$Properties;
	}

	interface ISubscribedQuality extends livekit.SubscribedQuality.$Properties {
	}

	class SubscribedQuality {
		constructor(properties?: livekit.SubscribedQuality.$Properties);
		$unknowns?: Uint8Array[];
		quality: livekit.VideoQuality;
		enabled: boolean;
		static create(properties: livekit.SubscribedQuality.$Shape): livekit.SubscribedQuality & livekit.SubscribedQuality.$Shape;
		static create(properties?: livekit.SubscribedQuality.$Properties): livekit.SubscribedQuality;
		static encode(message: livekit.SubscribedQuality.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SubscribedQuality & livekit.SubscribedQuality.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SubscribedQuality {
		interface $Properties {
			quality?: (livekit.VideoQuality|null);
			enabled?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SubscribedQuality.$Properties;
	}

	interface ISubscribedCodec extends livekit.SubscribedCodec.$Properties {
	}

	class SubscribedCodec {
		constructor(properties?: livekit.SubscribedCodec.$Properties);
		$unknowns?: Uint8Array[];
		codec: string;
		qualities: livekit.SubscribedQuality.$Properties[];
		static create(properties: livekit.SubscribedCodec.$Shape): livekit.SubscribedCodec & livekit.SubscribedCodec.$Shape;
		static create(properties?: livekit.SubscribedCodec.$Properties): livekit.SubscribedCodec;
		static encode(message: livekit.SubscribedCodec.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SubscribedCodec & livekit.SubscribedCodec.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SubscribedCodec {
		interface $Properties {
			codec?: (string|null);
			qualities?: (livekit.SubscribedQuality.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SubscribedCodec.$Properties;
	}

	interface ISubscribedQualityUpdate extends livekit.SubscribedQualityUpdate.$Properties {
	}

	class SubscribedQualityUpdate {
		constructor(properties?: livekit.SubscribedQualityUpdate.$Properties);
		$unknowns?: Uint8Array[];
		trackSid: string;
		subscribedQualities: livekit.SubscribedQuality.$Properties[];
		subscribedCodecs: livekit.SubscribedCodec.$Properties[];
		static create(properties: livekit.SubscribedQualityUpdate.$Shape): livekit.SubscribedQualityUpdate & livekit.SubscribedQualityUpdate.$Shape;
		static create(properties?: livekit.SubscribedQualityUpdate.$Properties): livekit.SubscribedQualityUpdate;
		static encode(message: livekit.SubscribedQualityUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SubscribedQualityUpdate & livekit.SubscribedQualityUpdate.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SubscribedQualityUpdate {
		interface $Properties {
			trackSid?: (string|null);
			subscribedQualities?: (livekit.SubscribedQuality.$Properties[]|null);
			subscribedCodecs?: (livekit.SubscribedCodec.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SubscribedQualityUpdate.$Properties;
	}

	interface ISubscribedAudioCodecUpdate extends livekit.SubscribedAudioCodecUpdate.$Properties {
	}

	class SubscribedAudioCodecUpdate {
		constructor(properties?: livekit.SubscribedAudioCodecUpdate.$Properties);
		$unknowns?: Uint8Array[];
		trackSid: string;
		subscribedAudioCodecs: livekit.SubscribedAudioCodec.$Properties[];
		static create(properties: livekit.SubscribedAudioCodecUpdate.$Shape): livekit.SubscribedAudioCodecUpdate & livekit.SubscribedAudioCodecUpdate.$Shape;
		static create(properties?: livekit.SubscribedAudioCodecUpdate.$Properties): livekit.SubscribedAudioCodecUpdate;
		static encode(message: livekit.SubscribedAudioCodecUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SubscribedAudioCodecUpdate & livekit.SubscribedAudioCodecUpdate.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SubscribedAudioCodecUpdate {
		interface $Properties {
			trackSid?: (string|null);
			subscribedAudioCodecs?: (livekit.SubscribedAudioCodec.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SubscribedAudioCodecUpdate.$Properties;
	}

	interface ITrackPermission extends livekit.TrackPermission.$Properties {
	}

	class TrackPermission {
		constructor(properties?: livekit.TrackPermission.$Properties);
		$unknowns?: Uint8Array[];
		participantSid: string;
		allTracks: boolean;
		trackSids: string[];
		participantIdentity: string;
		static create(properties: livekit.TrackPermission.$Shape): livekit.TrackPermission & livekit.TrackPermission.$Shape;
		static create(properties?: livekit.TrackPermission.$Properties): livekit.TrackPermission;
		static encode(message: livekit.TrackPermission.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TrackPermission & livekit.TrackPermission.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TrackPermission {
		interface $Properties {
			participantSid?: (string|null);
			allTracks?: (boolean|null);
			trackSids?: (string[]|null);
			participantIdentity?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.TrackPermission.$Properties;
	}

	interface ISubscriptionPermission extends livekit.SubscriptionPermission.$Properties {
	}

	class SubscriptionPermission {
		constructor(properties?: livekit.SubscriptionPermission.$Properties);
		$unknowns?: Uint8Array[];
		allParticipants: boolean;
		trackPermissions: livekit.TrackPermission.$Properties[];
		static create(properties: livekit.SubscriptionPermission.$Shape): livekit.SubscriptionPermission & livekit.SubscriptionPermission.$Shape;
		static create(properties?: livekit.SubscriptionPermission.$Properties): livekit.SubscriptionPermission;
		static encode(message: livekit.SubscriptionPermission.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SubscriptionPermission & livekit.SubscriptionPermission.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SubscriptionPermission {
		interface $Properties {
			allParticipants?: (boolean|null);
			trackPermissions?: (livekit.TrackPermission.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SubscriptionPermission.$Properties;
	}

	interface ISubscriptionPermissionUpdate extends livekit.SubscriptionPermissionUpdate.$Properties {
	}

	class SubscriptionPermissionUpdate {
		constructor(properties?: livekit.SubscriptionPermissionUpdate.$Properties);
		$unknowns?: Uint8Array[];
		participantSid: string;
		trackSid: string;
		allowed: boolean;
		static create(properties: livekit.SubscriptionPermissionUpdate.$Shape): livekit.SubscriptionPermissionUpdate & livekit.SubscriptionPermissionUpdate.$Shape;
		static create(properties?: livekit.SubscriptionPermissionUpdate.$Properties): livekit.SubscriptionPermissionUpdate;
		static encode(message: livekit.SubscriptionPermissionUpdate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SubscriptionPermissionUpdate & livekit.SubscriptionPermissionUpdate.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SubscriptionPermissionUpdate {
		interface $Properties {
			participantSid?: (string|null);
			trackSid?: (string|null);
			allowed?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SubscriptionPermissionUpdate.$Properties;
	}

	interface IRoomMovedResponse extends livekit.RoomMovedResponse.$Properties {
	}

	class RoomMovedResponse {
		constructor(properties?: livekit.RoomMovedResponse.$Properties);
		$unknowns?: Uint8Array[];
		room?: (livekit.Room.$Properties|null);
		token: string;
		participant?: (livekit.ParticipantInfo.$Properties|null);
		otherParticipants: livekit.ParticipantInfo.$Properties[];
		static create(properties: livekit.RoomMovedResponse.$Shape): livekit.RoomMovedResponse & livekit.RoomMovedResponse.$Shape;
		static create(properties?: livekit.RoomMovedResponse.$Properties): livekit.RoomMovedResponse;
		static encode(message: livekit.RoomMovedResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RoomMovedResponse & livekit.RoomMovedResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RoomMovedResponse {
		interface $Properties {
			room?: (livekit.Room.$Properties|null);
			token?: (string|null);
			participant?: (livekit.ParticipantInfo.$Properties|null);
			otherParticipants?: (livekit.ParticipantInfo.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  room?: livekit.Room.$Shape|null;
		  token?: string|null;
		  participant?: livekit.ParticipantInfo.$Shape|null;
		  otherParticipants?: livekit.ParticipantInfo.$Shape[]|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface ISyncState extends livekit.SyncState.$Properties {
	}

	class SyncState {
		constructor(properties?: livekit.SyncState.$Properties);
		$unknowns?: Uint8Array[];
		answer?: (livekit.SessionDescription.$Properties|null);
		subscription?: (livekit.UpdateSubscription.$Properties|null);
		publishTracks: livekit.TrackPublishedResponse.$Properties[];
		dataChannels: livekit.DataChannelInfo.$Properties[];
		offer?: (livekit.SessionDescription.$Properties|null);
		trackSidsDisabled: string[];
		datachannelReceiveStates: livekit.DataChannelReceiveState.$Properties[];
		publishDataTracks: livekit.PublishDataTrackResponse.$Properties[];
		dataSubscription?: (livekit.UpdateDataSubscription.$Properties|null);
		static create(properties: livekit.SyncState.$Shape): livekit.SyncState & livekit.SyncState.$Shape;
		static create(properties?: livekit.SyncState.$Properties): livekit.SyncState;
		static encode(message: livekit.SyncState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SyncState & livekit.SyncState.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SyncState {
		interface $Properties {
			answer?: (livekit.SessionDescription.$Properties|null);
			subscription?: (livekit.UpdateSubscription.$Properties|null);
			publishTracks?: (livekit.TrackPublishedResponse.$Properties[]|null);
			dataChannels?: (livekit.DataChannelInfo.$Properties[]|null);
			offer?: (livekit.SessionDescription.$Properties|null);
			trackSidsDisabled?: (string[]|null);
			datachannelReceiveStates?: (livekit.DataChannelReceiveState.$Properties[]|null);
			publishDataTracks?: (livekit.PublishDataTrackResponse.$Properties[]|null);
			dataSubscription?: (livekit.UpdateDataSubscription.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  answer?: livekit.SessionDescription.$Shape|null;
		  subscription?: livekit.UpdateSubscription.$Shape|null;
		  publishTracks?: livekit.TrackPublishedResponse.$Shape[]|null;
		  dataChannels?: livekit.DataChannelInfo.$Shape[]|null;
		  offer?: livekit.SessionDescription.$Shape|null;
		  trackSidsDisabled?: string[]|null;
		  datachannelReceiveStates?: livekit.DataChannelReceiveState.$Shape[]|null;
		  publishDataTracks?: livekit.PublishDataTrackResponse.$Shape[]|null;
		  dataSubscription?: livekit.UpdateDataSubscription.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IDataChannelReceiveState extends livekit.DataChannelReceiveState.$Properties {
	}

	class DataChannelReceiveState {
		constructor(properties?: livekit.DataChannelReceiveState.$Properties);
		$unknowns?: Uint8Array[];
		publisherSid: string;
		lastSeq: number;
		static create(properties: livekit.DataChannelReceiveState.$Shape): livekit.DataChannelReceiveState & livekit.DataChannelReceiveState.$Shape;
		static create(properties?: livekit.DataChannelReceiveState.$Properties): livekit.DataChannelReceiveState;
		static encode(message: livekit.DataChannelReceiveState.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataChannelReceiveState & livekit.DataChannelReceiveState.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DataChannelReceiveState {
		interface $Properties {
			publisherSid?: (string|null);
			lastSeq?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DataChannelReceiveState.$Properties;
	}

	interface IDataChannelInfo extends livekit.DataChannelInfo.$Properties {
	}

	class DataChannelInfo {
		constructor(properties?: livekit.DataChannelInfo.$Properties);
		$unknowns?: Uint8Array[];
		label: string;
		id: number;
		target: livekit.SignalTarget;
		static create(properties: livekit.DataChannelInfo.$Shape): livekit.DataChannelInfo & livekit.DataChannelInfo.$Shape;
		static create(properties?: livekit.DataChannelInfo.$Properties): livekit.DataChannelInfo;
		static encode(message: livekit.DataChannelInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.DataChannelInfo & livekit.DataChannelInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DataChannelInfo {
		interface $Properties {
			label?: (string|null);
			id?: (number|null);
			target?: (livekit.SignalTarget|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.DataChannelInfo.$Properties;
	}

	interface ISimulateScenario extends livekit.SimulateScenario.$Properties {
	}

	class SimulateScenario {
		constructor(properties?: livekit.SimulateScenario.$Properties);
		$unknowns?: Uint8Array[];
		speakerUpdate?: (number|null);
		nodeFailure?: (boolean|null);
		migration?: (boolean|null);
		serverLeave?: (boolean|null);
		switchCandidateProtocol?: (livekit.CandidateProtocol|null);
		subscriberBandwidth?: (number|null);
		disconnectSignalOnResume?: (boolean|null);
		disconnectSignalOnResumeNoMessages?: (boolean|null);
		leaveRequestFullReconnect?: (boolean|null);
		scenario?: ("speakerUpdate"|"nodeFailure"|"migration"|"serverLeave"|"switchCandidateProtocol"|"subscriberBandwidth"|"disconnectSignalOnResume"|"disconnectSignalOnResumeNoMessages"|"leaveRequestFullReconnect");
		static create(properties: livekit.SimulateScenario.$Shape): livekit.SimulateScenario & livekit.SimulateScenario.$Shape;
		static create(properties?: livekit.SimulateScenario.$Properties): livekit.SimulateScenario;
		static encode(message: livekit.SimulateScenario.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SimulateScenario & livekit.SimulateScenario.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SimulateScenario {
		interface $Properties {
			speakerUpdate?: (number|null);
			nodeFailure?: (boolean|null);
			migration?: (boolean|null);
			serverLeave?: (boolean|null);
			switchCandidateProtocol?: (livekit.CandidateProtocol|null);
			subscriberBandwidth?: (number|null);
			disconnectSignalOnResume?: (boolean|null);
			disconnectSignalOnResumeNoMessages?: (boolean|null);
			leaveRequestFullReconnect?: (boolean|null);
			scenario?: ("speakerUpdate"|"nodeFailure"|"migration"|"serverLeave"|"switchCandidateProtocol"|"subscriberBandwidth"|"disconnectSignalOnResume"|"disconnectSignalOnResumeNoMessages"|"leaveRequestFullReconnect");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  speakerUpdate?: number|null;
		  nodeFailure?: boolean|null;
		  migration?: boolean|null;
		  serverLeave?: boolean|null;
		  switchCandidateProtocol?: livekit.CandidateProtocol|null;
		  subscriberBandwidth?: number|null;
		  disconnectSignalOnResume?: boolean|null;
		  disconnectSignalOnResumeNoMessages?: boolean|null;
		  leaveRequestFullReconnect?: boolean|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ scenario?: undefined; speakerUpdate?: null; nodeFailure?: null; migration?: null; serverLeave?: null; switchCandidateProtocol?: null; subscriberBandwidth?: null; disconnectSignalOnResume?: null; disconnectSignalOnResumeNoMessages?: null; leaveRequestFullReconnect?: null }|{ scenario?: "speakerUpdate"; speakerUpdate: number; nodeFailure?: null; migration?: null; serverLeave?: null; switchCandidateProtocol?: null; subscriberBandwidth?: null; disconnectSignalOnResume?: null; disconnectSignalOnResumeNoMessages?: null; leaveRequestFullReconnect?: null }|{ scenario?: "nodeFailure"; speakerUpdate?: null; nodeFailure: boolean; migration?: null; serverLeave?: null; switchCandidateProtocol?: null; subscriberBandwidth?: null; disconnectSignalOnResume?: null; disconnectSignalOnResumeNoMessages?: null; leaveRequestFullReconnect?: null }|{ scenario?: "migration"; speakerUpdate?: null; nodeFailure?: null; migration: boolean; serverLeave?: null; switchCandidateProtocol?: null; subscriberBandwidth?: null; disconnectSignalOnResume?: null; disconnectSignalOnResumeNoMessages?: null; leaveRequestFullReconnect?: null }|{ scenario?: "serverLeave"; speakerUpdate?: null; nodeFailure?: null; migration?: null; serverLeave: boolean; switchCandidateProtocol?: null; subscriberBandwidth?: null; disconnectSignalOnResume?: null; disconnectSignalOnResumeNoMessages?: null; leaveRequestFullReconnect?: null }|{ scenario?: "switchCandidateProtocol"; speakerUpdate?: null; nodeFailure?: null; migration?: null; serverLeave?: null; switchCandidateProtocol: livekit.CandidateProtocol; subscriberBandwidth?: null; disconnectSignalOnResume?: null; disconnectSignalOnResumeNoMessages?: null; leaveRequestFullReconnect?: null }|{ scenario?: "subscriberBandwidth"; speakerUpdate?: null; nodeFailure?: null; migration?: null; serverLeave?: null; switchCandidateProtocol?: null; subscriberBandwidth: number; disconnectSignalOnResume?: null; disconnectSignalOnResumeNoMessages?: null; leaveRequestFullReconnect?: null }|{ scenario?: "disconnectSignalOnResume"; speakerUpdate?: null; nodeFailure?: null; migration?: null; serverLeave?: null; switchCandidateProtocol?: null; subscriberBandwidth?: null; disconnectSignalOnResume: boolean; disconnectSignalOnResumeNoMessages?: null; leaveRequestFullReconnect?: null }|{ scenario?: "disconnectSignalOnResumeNoMessages"; speakerUpdate?: null; nodeFailure?: null; migration?: null; serverLeave?: null; switchCandidateProtocol?: null; subscriberBandwidth?: null; disconnectSignalOnResume?: null; disconnectSignalOnResumeNoMessages: boolean; leaveRequestFullReconnect?: null }|{ scenario?: "leaveRequestFullReconnect"; speakerUpdate?: null; nodeFailure?: null; migration?: null; serverLeave?: null; switchCandidateProtocol?: null; subscriberBandwidth?: null; disconnectSignalOnResume?: null; disconnectSignalOnResumeNoMessages?: null; leaveRequestFullReconnect: boolean })
		);
	}

	interface IPing extends livekit.Ping.$Properties {
	}

	class Ping {
		constructor(properties?: livekit.Ping.$Properties);
		$unknowns?: Uint8Array[];
		timestamp: number;
		rtt: number;
		static create(properties: livekit.Ping.$Shape): livekit.Ping & livekit.Ping.$Shape;
		static create(properties?: livekit.Ping.$Properties): livekit.Ping;
		static encode(message: livekit.Ping.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.Ping & livekit.Ping.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace Ping {
		interface $Properties {
			timestamp?: (number|null);
			rtt?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.Ping.$Properties;
	}

	interface IPong extends livekit.Pong.$Properties {
	}

	class Pong {
		constructor(properties?: livekit.Pong.$Properties);
		$unknowns?: Uint8Array[];
		lastPingTimestamp: number;
		timestamp: number;
		static create(properties: livekit.Pong.$Shape): livekit.Pong & livekit.Pong.$Shape;
		static create(properties?: livekit.Pong.$Properties): livekit.Pong;
		static encode(message: livekit.Pong.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.Pong & livekit.Pong.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace Pong {
		interface $Properties {
			lastPingTimestamp?: (number|null);
			timestamp?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.Pong.$Properties;
	}

	interface IRegionSettings extends livekit.RegionSettings.$Properties {
	}

	class RegionSettings {
		constructor(properties?: livekit.RegionSettings.$Properties);
		$unknowns?: Uint8Array[];
		regions: livekit.RegionInfo.$Properties[];
		static create(properties: livekit.RegionSettings.$Shape): livekit.RegionSettings & livekit.RegionSettings.$Shape;
		static create(properties?: livekit.RegionSettings.$Properties): livekit.RegionSettings;
		static encode(message: livekit.RegionSettings.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RegionSettings & livekit.RegionSettings.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RegionSettings {
		interface $Properties {
			regions?: (livekit.RegionInfo.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RegionSettings.$Properties;
	}

	interface IRegionInfo extends livekit.RegionInfo.$Properties {
	}

	class RegionInfo {
		constructor(properties?: livekit.RegionInfo.$Properties);
		$unknowns?: Uint8Array[];
		region: string;
		url: string;
		distance: number;
		static create(properties: livekit.RegionInfo.$Shape): livekit.RegionInfo & livekit.RegionInfo.$Shape;
		static create(properties?: livekit.RegionInfo.$Properties): livekit.RegionInfo;
		static encode(message: livekit.RegionInfo.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RegionInfo & livekit.RegionInfo.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RegionInfo {
		interface $Properties {
			region?: (string|null);
			url?: (string|null);
			distance?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.RegionInfo.$Properties;
	}

	interface ISubscriptionResponse extends livekit.SubscriptionResponse.$Properties {
	}

	class SubscriptionResponse {
		constructor(properties?: livekit.SubscriptionResponse.$Properties);
		$unknowns?: Uint8Array[];
		trackSid: string;
		err: livekit.SubscriptionError;
		static create(properties: livekit.SubscriptionResponse.$Shape): livekit.SubscriptionResponse & livekit.SubscriptionResponse.$Shape;
		static create(properties?: livekit.SubscriptionResponse.$Properties): livekit.SubscriptionResponse;
		static encode(message: livekit.SubscriptionResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SubscriptionResponse & livekit.SubscriptionResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SubscriptionResponse {
		interface $Properties {
			trackSid?: (string|null);
			err?: (livekit.SubscriptionError|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SubscriptionResponse.$Properties;
	}

	interface IRequestResponse extends livekit.RequestResponse.$Properties {
	}

	class RequestResponse {
		constructor(properties?: livekit.RequestResponse.$Properties);
		$unknowns?: Uint8Array[];
		requestId: number;
		reason: livekit.RequestResponse.Reason;
		message: string;
		trickle?: (livekit.TrickleRequest.$Properties|null);
		addTrack?: (livekit.AddTrackRequest.$Properties|null);
		mute?: (livekit.MuteTrackRequest.$Properties|null);
		updateMetadata?: (livekit.UpdateParticipantMetadata.$Properties|null);
		updateAudioTrack?: (livekit.UpdateLocalAudioTrack.$Properties|null);
		updateVideoTrack?: (livekit.UpdateLocalVideoTrack.$Properties|null);
		publishDataTrack?: (livekit.PublishDataTrackRequest.$Properties|null);
		unpublishDataTrack?: (livekit.UnpublishDataTrackRequest.$Properties|null);
		request?: ("trickle"|"addTrack"|"mute"|"updateMetadata"|"updateAudioTrack"|"updateVideoTrack"|"publishDataTrack"|"unpublishDataTrack");
		static create(properties: livekit.RequestResponse.$Shape): livekit.RequestResponse & livekit.RequestResponse.$Shape;
		static create(properties?: livekit.RequestResponse.$Properties): livekit.RequestResponse;
		static encode(message: livekit.RequestResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RequestResponse & livekit.RequestResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RequestResponse {
		interface $Properties {
			requestId?: (number|null);
			reason?: (livekit.RequestResponse.Reason|null);
			message?: (string|null);
			trickle?: (livekit.TrickleRequest.$Properties|null);
			addTrack?: (livekit.AddTrackRequest.$Properties|null);
			mute?: (livekit.MuteTrackRequest.$Properties|null);
			updateMetadata?: (livekit.UpdateParticipantMetadata.$Properties|null);
			updateAudioTrack?: (livekit.UpdateLocalAudioTrack.$Properties|null);
			updateVideoTrack?: (livekit.UpdateLocalVideoTrack.$Properties|null);
			publishDataTrack?: (livekit.PublishDataTrackRequest.$Properties|null);
			unpublishDataTrack?: (livekit.UnpublishDataTrackRequest.$Properties|null);
			request?: ("trickle"|"addTrack"|"mute"|"updateMetadata"|"updateAudioTrack"|"updateVideoTrack"|"publishDataTrack"|"unpublishDataTrack");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  requestId?: number|null;
		  reason?: livekit.RequestResponse.Reason|null;
		  message?: string|null;
		  trickle?: livekit.TrickleRequest.$Shape|null;
		  addTrack?: livekit.AddTrackRequest.$Shape|null;
		  mute?: livekit.MuteTrackRequest.$Shape|null;
		  updateMetadata?: livekit.UpdateParticipantMetadata.$Shape|null;
		  updateAudioTrack?: livekit.UpdateLocalAudioTrack.$Shape|null;
		  updateVideoTrack?: livekit.UpdateLocalVideoTrack.$Shape|null;
		  publishDataTrack?: livekit.PublishDataTrackRequest.$Shape|null;
		  unpublishDataTrack?: livekit.UnpublishDataTrackRequest.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ request?: undefined; trickle?: null; addTrack?: null; mute?: null; updateMetadata?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrack?: null; unpublishDataTrack?: null }|{ request?: "trickle"; trickle: livekit.TrickleRequest.$Shape; addTrack?: null; mute?: null; updateMetadata?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrack?: null; unpublishDataTrack?: null }|{ request?: "addTrack"; trickle?: null; addTrack: livekit.AddTrackRequest.$Shape; mute?: null; updateMetadata?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrack?: null; unpublishDataTrack?: null }|{ request?: "mute"; trickle?: null; addTrack?: null; mute: livekit.MuteTrackRequest.$Shape; updateMetadata?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrack?: null; unpublishDataTrack?: null }|{ request?: "updateMetadata"; trickle?: null; addTrack?: null; mute?: null; updateMetadata: livekit.UpdateParticipantMetadata.$Shape; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrack?: null; unpublishDataTrack?: null }|{ request?: "updateAudioTrack"; trickle?: null; addTrack?: null; mute?: null; updateMetadata?: null; updateAudioTrack: livekit.UpdateLocalAudioTrack.$Shape; updateVideoTrack?: null; publishDataTrack?: null; unpublishDataTrack?: null }|{ request?: "updateVideoTrack"; trickle?: null; addTrack?: null; mute?: null; updateMetadata?: null; updateAudioTrack?: null; updateVideoTrack: livekit.UpdateLocalVideoTrack.$Shape; publishDataTrack?: null; unpublishDataTrack?: null }|{ request?: "publishDataTrack"; trickle?: null; addTrack?: null; mute?: null; updateMetadata?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrack: livekit.PublishDataTrackRequest.$Shape; unpublishDataTrack?: null }|{ request?: "unpublishDataTrack"; trickle?: null; addTrack?: null; mute?: null; updateMetadata?: null; updateAudioTrack?: null; updateVideoTrack?: null; publishDataTrack?: null; unpublishDataTrack: livekit.UnpublishDataTrackRequest.$Shape })
		);

		enum Reason {
			OK = 0,
			NOT_FOUND = 1,
			NOT_ALLOWED = 2,
			LIMIT_EXCEEDED = 3,
			QUEUED = 4,
			UNSUPPORTED_TYPE = 5,
			UNCLASSIFIED_ERROR = 6,
			INVALID_HANDLE = 7,
			INVALID_NAME = 8,
			DUPLICATE_HANDLE = 9,
			DUPLICATE_NAME = 10,
			INVALID_REQUEST = 11
		}
	}

	interface ITrackSubscribed extends livekit.TrackSubscribed.$Properties {
	}

	class TrackSubscribed {
		constructor(properties?: livekit.TrackSubscribed.$Properties);
		$unknowns?: Uint8Array[];
		trackSid: string;
		static create(properties: livekit.TrackSubscribed.$Shape): livekit.TrackSubscribed & livekit.TrackSubscribed.$Shape;
		static create(properties?: livekit.TrackSubscribed.$Properties): livekit.TrackSubscribed;
		static encode(message: livekit.TrackSubscribed.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.TrackSubscribed & livekit.TrackSubscribed.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace TrackSubscribed {
		interface $Properties {
			trackSid?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.TrackSubscribed.$Properties;
	}

	interface IConnectionSettings extends livekit.ConnectionSettings.$Properties {
	}

	class ConnectionSettings {
		constructor(properties?: livekit.ConnectionSettings.$Properties);
		$unknowns?: Uint8Array[];
		autoSubscribe: boolean;
		adaptiveStream: boolean;
		subscriberAllowPause?: (boolean|null);
		disableIceLite: boolean;
		autoSubscribeDataTrack?: (boolean|null);
		static create(properties: livekit.ConnectionSettings.$Shape): livekit.ConnectionSettings & livekit.ConnectionSettings.$Shape;
		static create(properties?: livekit.ConnectionSettings.$Properties): livekit.ConnectionSettings;
		static encode(message: livekit.ConnectionSettings.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ConnectionSettings & livekit.ConnectionSettings.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ConnectionSettings {
		interface $Properties {
			autoSubscribe?: (boolean|null);
			adaptiveStream?: (boolean|null);
			subscriberAllowPause?: (boolean|null);
			disableIceLite?: (boolean|null);
			autoSubscribeDataTrack?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ConnectionSettings.$Properties;
	}

	interface IJoinRequest extends livekit.JoinRequest.$Properties {
	}

	class JoinRequest {
		constructor(properties?: livekit.JoinRequest.$Properties);
		$unknowns?: Uint8Array[];
		clientInfo?: (livekit.ClientInfo.$Properties|null);
		connectionSettings?: (livekit.ConnectionSettings.$Properties|null);
		metadata: string;
		participantAttributes: { [k: string]: string };
		addTrackRequests: livekit.AddTrackRequest.$Properties[];
		publisherOffer?: (livekit.SessionDescription.$Properties|null);
		reconnect: boolean;
		reconnectReason: livekit.ReconnectReason;
		participantSid: string;
		syncState?: (livekit.SyncState.$Properties|null);
		static create(properties: livekit.JoinRequest.$Shape): livekit.JoinRequest & livekit.JoinRequest.$Shape;
		static create(properties?: livekit.JoinRequest.$Properties): livekit.JoinRequest;
		static encode(message: livekit.JoinRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.JoinRequest & livekit.JoinRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace JoinRequest {
		interface $Properties {
			clientInfo?: (livekit.ClientInfo.$Properties|null);
			connectionSettings?: (livekit.ConnectionSettings.$Properties|null);
			metadata?: (string|null);
			participantAttributes?: ({ [k: string]: string }|null);
			addTrackRequests?: (livekit.AddTrackRequest.$Properties[]|null);
			publisherOffer?: (livekit.SessionDescription.$Properties|null);
			reconnect?: (boolean|null);
			reconnectReason?: (livekit.ReconnectReason|null);
			participantSid?: (string|null);
			syncState?: (livekit.SyncState.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  clientInfo?: livekit.ClientInfo.$Shape|null;
		  connectionSettings?: livekit.ConnectionSettings.$Shape|null;
		  metadata?: string|null;
		  participantAttributes?: { [k: string]: string }|null;
		  addTrackRequests?: livekit.AddTrackRequest.$Shape[]|null;
		  publisherOffer?: livekit.SessionDescription.$Shape|null;
		  reconnect?: boolean|null;
		  reconnectReason?: livekit.ReconnectReason|null;
		  participantSid?: string|null;
		  syncState?: livekit.SyncState.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IWrappedJoinRequest extends livekit.WrappedJoinRequest.$Properties {
	}

	class WrappedJoinRequest {
		constructor(properties?: livekit.WrappedJoinRequest.$Properties);
		$unknowns?: Uint8Array[];
		compression: livekit.WrappedJoinRequest.Compression;
		joinRequest: Uint8Array;
		static create(properties: livekit.WrappedJoinRequest.$Shape): livekit.WrappedJoinRequest & livekit.WrappedJoinRequest.$Shape;
		static create(properties?: livekit.WrappedJoinRequest.$Properties): livekit.WrappedJoinRequest;
		static encode(message: livekit.WrappedJoinRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.WrappedJoinRequest & livekit.WrappedJoinRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WrappedJoinRequest {
		interface $Properties {
			compression?: (livekit.WrappedJoinRequest.Compression|null);
			joinRequest?: (Uint8Array|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.WrappedJoinRequest.$Properties;

		enum Compression {
			NONE = 0,
			GZIP = 1
		}
	}

	interface IMediaSectionsRequirement extends livekit.MediaSectionsRequirement.$Properties {
	}

	class MediaSectionsRequirement {
		constructor(properties?: livekit.MediaSectionsRequirement.$Properties);
		$unknowns?: Uint8Array[];
		numAudios: number;
		numVideos: number;
		static create(properties: livekit.MediaSectionsRequirement.$Shape): livekit.MediaSectionsRequirement & livekit.MediaSectionsRequirement.$Shape;
		static create(properties?: livekit.MediaSectionsRequirement.$Properties): livekit.MediaSectionsRequirement;
		static encode(message: livekit.MediaSectionsRequirement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.MediaSectionsRequirement & livekit.MediaSectionsRequirement.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace MediaSectionsRequirement {
		interface $Properties {
			numAudios?: (number|null);
			numVideos?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.MediaSectionsRequirement.$Properties;
	}

	enum NodeType {
		SERVER = 0,
		CONTROLLER = 1,
		MEDIA = 2,
		TURN = 4,
		SWEEPER = 5,
		DIRECTOR = 6,
		HOSTED_AGENT = 7,
		SETTINGS = 8
	}

	enum NodeState {
		STARTING_UP = 0,
		SERVING = 1,
		SHUTTING_DOWN = 2,
		SUSPENDED = 3
	}

	enum ICECandidateType {
		ICT_NONE = 0,
		ICT_TCP = 1,
		ICT_TLS = 2
	}

	interface INode extends livekit.Node.$Properties {
	}

	class Node {
		constructor(properties?: livekit.Node.$Properties);
		$unknowns?: Uint8Array[];
		id: string;
		ip: string;
		numCpus: number;
		stats?: (livekit.NodeStats.$Properties|null);
		type: livekit.NodeType;
		state: livekit.NodeState;
		region: string;
		static create(properties: livekit.Node.$Shape): livekit.Node & livekit.Node.$Shape;
		static create(properties?: livekit.Node.$Properties): livekit.Node;
		static encode(message: livekit.Node.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.Node & livekit.Node.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace Node {
		interface $Properties {
			id?: (string|null);
			ip?: (string|null);
			numCpus?: (number|null);
			stats?: (livekit.NodeStats.$Properties|null);
			type?: (livekit.NodeType|null);
			state?: (livekit.NodeState|null);
			region?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.Node.$Properties;
	}

	interface INodeStats extends livekit.NodeStats.$Properties {
	}

	class NodeStats {
		constructor(properties?: livekit.NodeStats.$Properties);
		$unknowns?: Uint8Array[];
		startedAt: number;
		updatedAt: number;
		numRooms: number;
		numClients: number;
		numTracksIn: number;
		numTracksOut: number;
		numTrackPublishAttempts: number;
		trackPublishAttemptsPerSec: number;
		numTrackPublishSuccess: number;
		trackPublishSuccessPerSec: number;
		numTrackPublishCancels: number;
		numTrackSubscribeAttempts: number;
		trackSubscribeAttemptsPerSec: number;
		numTrackSubscribeSuccess: number;
		trackSubscribeSuccessPerSec: number;
		numTrackSubscribeCancels: number;
		bytesIn: number;
		bytesOut: number;
		packetsIn: number;
		packetsOut: number;
		nackTotal: number;
		bytesInPerSec: number;
		bytesOutPerSec: number;
		packetsInPerSec: number;
		packetsOutPerSec: number;
		nackPerSec: number;
		numCpus: number;
		loadAvgLast1min: number;
		loadAvgLast5min: number;
		loadAvgLast15min: number;
		cpuLoad: number;
		memoryLoad: number;
		memoryTotal: number;
		memoryUsed: number;
		sysPacketsOut: number;
		sysPacketsDropped: number;
		sysPacketsOutPerSec: number;
		sysPacketsDroppedPerSec: number;
		sysPacketsDroppedPctPerSec: number;
		retransmitBytesOut: number;
		retransmitPacketsOut: number;
		retransmitBytesOutPerSec: number;
		retransmitPacketsOutPerSec: number;
		participantSignalConnected: number;
		participantSignalConnectedPerSec: number;
		participantSignalFailed: number;
		participantSignalValidationFailed: number;
		participantRtcConnected: number;
		participantRtcConnectedPerSec: number;
		participantRtcInit: number;
		participantRtcInitPerSec: number;
		participantRtcCanceled: number;
		participantRtcActive: number;
		forwardLatency: number;
		forwardJitter: number;
		rates: livekit.NodeStatsRate.$Properties[];
		forwardProcessingPerWrite: number;
		static create(properties: livekit.NodeStats.$Shape): livekit.NodeStats & livekit.NodeStats.$Shape;
		static create(properties?: livekit.NodeStats.$Properties): livekit.NodeStats;
		static encode(message: livekit.NodeStats.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.NodeStats & livekit.NodeStats.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace NodeStats {
		interface $Properties {
			startedAt?: (number|null);
			updatedAt?: (number|null);
			numRooms?: (number|null);
			numClients?: (number|null);
			numTracksIn?: (number|null);
			numTracksOut?: (number|null);
			numTrackPublishAttempts?: (number|null);
			trackPublishAttemptsPerSec?: (number|null);
			numTrackPublishSuccess?: (number|null);
			trackPublishSuccessPerSec?: (number|null);
			numTrackPublishCancels?: (number|null);
			numTrackSubscribeAttempts?: (number|null);
			trackSubscribeAttemptsPerSec?: (number|null);
			numTrackSubscribeSuccess?: (number|null);
			trackSubscribeSuccessPerSec?: (number|null);
			numTrackSubscribeCancels?: (number|null);
			bytesIn?: (number|null);
			bytesOut?: (number|null);
			packetsIn?: (number|null);
			packetsOut?: (number|null);
			nackTotal?: (number|null);
			bytesInPerSec?: (number|null);
			bytesOutPerSec?: (number|null);
			packetsInPerSec?: (number|null);
			packetsOutPerSec?: (number|null);
			nackPerSec?: (number|null);
			numCpus?: (number|null);
			loadAvgLast1min?: (number|null);
			loadAvgLast5min?: (number|null);
			loadAvgLast15min?: (number|null);
			cpuLoad?: (number|null);
			memoryLoad?: (number|null);
			memoryTotal?: (number|null);
			memoryUsed?: (number|null);
			sysPacketsOut?: (number|null);
			sysPacketsDropped?: (number|null);
			sysPacketsOutPerSec?: (number|null);
			sysPacketsDroppedPerSec?: (number|null);
			sysPacketsDroppedPctPerSec?: (number|null);
			retransmitBytesOut?: (number|null);
			retransmitPacketsOut?: (number|null);
			retransmitBytesOutPerSec?: (number|null);
			retransmitPacketsOutPerSec?: (number|null);
			participantSignalConnected?: (number|null);
			participantSignalConnectedPerSec?: (number|null);
			participantSignalFailed?: (number|null);
			participantSignalValidationFailed?: (number|null);
			participantRtcConnected?: (number|null);
			participantRtcConnectedPerSec?: (number|null);
			participantRtcInit?: (number|null);
			participantRtcInitPerSec?: (number|null);
			participantRtcCanceled?: (number|null);
			participantRtcActive?: (number|null);
			forwardLatency?: (number|null);
			forwardJitter?: (number|null);
			rates?: (livekit.NodeStatsRate.$Properties[]|null);
			forwardProcessingPerWrite?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.NodeStats.$Properties;
	}

	interface INodeStatsRate extends livekit.NodeStatsRate.$Properties {
	}

	class NodeStatsRate {
		constructor(properties?: livekit.NodeStatsRate.$Properties);
		$unknowns?: Uint8Array[];
		startedAt: number;
		endedAt: number;
		duration: number;
		trackPublishAttempts: number;
		trackPublishSuccess: number;
		trackPublishCancels: number;
		trackSubscribeAttempts: number;
		trackSubscribeSuccess: number;
		trackSubscribeCancels: number;
		bytesIn: number;
		bytesOut: number;
		packetsIn: number;
		packetsOut: number;
		nackTotal: number;
		sysPacketsOut: number;
		sysPacketsDropped: number;
		retransmitBytesOut: number;
		retransmitPacketsOut: number;
		participantSignalConnected: number;
		participantSignalFailed: number;
		participantSignalValidationFailed: number;
		participantRtcConnected: number;
		participantRtcInit: number;
		participantRtcCanceled: number;
		participantRtcActive: number;
		cpuLoad: number;
		memoryLoad: number;
		memoryUsed: number;
		memoryTotal: number;
		static create(properties: livekit.NodeStatsRate.$Shape): livekit.NodeStatsRate & livekit.NodeStatsRate.$Shape;
		static create(properties?: livekit.NodeStatsRate.$Properties): livekit.NodeStatsRate;
		static encode(message: livekit.NodeStatsRate.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.NodeStatsRate & livekit.NodeStatsRate.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace NodeStatsRate {
		interface $Properties {
			startedAt?: (number|null);
			endedAt?: (number|null);
			duration?: (number|null);
			trackPublishAttempts?: (number|null);
			trackPublishSuccess?: (number|null);
			trackPublishCancels?: (number|null);
			trackSubscribeAttempts?: (number|null);
			trackSubscribeSuccess?: (number|null);
			trackSubscribeCancels?: (number|null);
			bytesIn?: (number|null);
			bytesOut?: (number|null);
			packetsIn?: (number|null);
			packetsOut?: (number|null);
			nackTotal?: (number|null);
			sysPacketsOut?: (number|null);
			sysPacketsDropped?: (number|null);
			retransmitBytesOut?: (number|null);
			retransmitPacketsOut?: (number|null);
			participantSignalConnected?: (number|null);
			participantSignalFailed?: (number|null);
			participantSignalValidationFailed?: (number|null);
			participantRtcConnected?: (number|null);
			participantRtcInit?: (number|null);
			participantRtcCanceled?: (number|null);
			participantRtcActive?: (number|null);
			cpuLoad?: (number|null);
			memoryLoad?: (number|null);
			memoryUsed?: (number|null);
			memoryTotal?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.NodeStatsRate.$Properties;
	}

	interface IStartSession extends livekit.StartSession.$Properties {
	}

	class StartSession {
		constructor(properties?: livekit.StartSession.$Properties);
		$unknowns?: Uint8Array[];
		roomName: string;
		identity: string;
		connectionId: string;
		reconnect: boolean;
		autoSubscribe: boolean;
		autoSubscribeDataTrack?: (boolean|null);
		hidden: boolean;
		client?: (livekit.ClientInfo.$Properties|null);
		recorder: boolean;
		name: string;
		grantsJson: string;
		adaptiveStream: boolean;
		participantId: string;
		reconnectReason: livekit.ReconnectReason;
		subscriberAllowPause?: (boolean|null);
		disableIceLite: boolean;
		createRoom?: (livekit.CreateRoomRequest.$Properties|null);
		addTrackRequests: livekit.AddTrackRequest.$Properties[];
		publisherOffer?: (livekit.SessionDescription.$Properties|null);
		syncState?: (livekit.SyncState.$Properties|null);
		useSinglePeerConnection: boolean;
		tokenExpiresAt: number;
		apiKey: string;
		static create(properties: livekit.StartSession.$Shape): livekit.StartSession & livekit.StartSession.$Shape;
		static create(properties?: livekit.StartSession.$Properties): livekit.StartSession;
		static encode(message: livekit.StartSession.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.StartSession & livekit.StartSession.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StartSession {
		interface $Properties {
			roomName?: (string|null);
			identity?: (string|null);
			connectionId?: (string|null);
			reconnect?: (boolean|null);
			autoSubscribe?: (boolean|null);
			autoSubscribeDataTrack?: (boolean|null);
			hidden?: (boolean|null);
			client?: (livekit.ClientInfo.$Properties|null);
			recorder?: (boolean|null);
			name?: (string|null);
			grantsJson?: (string|null);
			adaptiveStream?: (boolean|null);
			participantId?: (string|null);
			reconnectReason?: (livekit.ReconnectReason|null);
			subscriberAllowPause?: (boolean|null);
			disableIceLite?: (boolean|null);
			createRoom?: (livekit.CreateRoomRequest.$Properties|null);
			addTrackRequests?: (livekit.AddTrackRequest.$Properties[]|null);
			publisherOffer?: (livekit.SessionDescription.$Properties|null);
			syncState?: (livekit.SyncState.$Properties|null);
			useSinglePeerConnection?: (boolean|null);
			tokenExpiresAt?: (number|null);
			apiKey?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  roomName?: string|null;
		  identity?: string|null;
		  connectionId?: string|null;
		  reconnect?: boolean|null;
		  autoSubscribe?: boolean|null;
		  autoSubscribeDataTrack?: boolean|null;
		  hidden?: boolean|null;
		  client?: livekit.ClientInfo.$Shape|null;
		  recorder?: boolean|null;
		  name?: string|null;
		  grantsJson?: string|null;
		  adaptiveStream?: boolean|null;
		  participantId?: string|null;
		  reconnectReason?: livekit.ReconnectReason|null;
		  subscriberAllowPause?: boolean|null;
		  disableIceLite?: boolean|null;
		  createRoom?: livekit.CreateRoomRequest.$Shape|null;
		  addTrackRequests?: livekit.AddTrackRequest.$Shape[]|null;
		  publisherOffer?: livekit.SessionDescription.$Shape|null;
		  syncState?: livekit.SyncState.$Shape|null;
		  useSinglePeerConnection?: boolean|null;
		  tokenExpiresAt?: number|null;
		  apiKey?: string|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IRoomInternal extends livekit.RoomInternal.$Properties {
	}

	class RoomInternal {
		constructor(properties?: livekit.RoomInternal.$Properties);
		$unknowns?: Uint8Array[];
		trackEgress?: (livekit.AutoTrackEgress.$Properties|null);
		participantEgress?: (livekit.AutoParticipantEgress.$Properties|null);
		playoutDelay?: (livekit.PlayoutDelay.$Properties|null);
		agentDispatches: livekit.RoomAgentDispatch.$Properties[];
		syncStreams: boolean;
		replayEnabled: boolean;
		exportRoom: boolean;
		tags: { [k: string]: string };
		static create(properties: livekit.RoomInternal.$Shape): livekit.RoomInternal & livekit.RoomInternal.$Shape;
		static create(properties?: livekit.RoomInternal.$Properties): livekit.RoomInternal;
		static encode(message: livekit.RoomInternal.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.RoomInternal & livekit.RoomInternal.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RoomInternal {
		interface $Properties {
			trackEgress?: (livekit.AutoTrackEgress.$Properties|null);
			participantEgress?: (livekit.AutoParticipantEgress.$Properties|null);
			playoutDelay?: (livekit.PlayoutDelay.$Properties|null);
			agentDispatches?: (livekit.RoomAgentDispatch.$Properties[]|null);
			syncStreams?: (boolean|null);
			replayEnabled?: (boolean|null);
			exportRoom?: (boolean|null);
			tags?: ({ [k: string]: string }|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  trackEgress?: livekit.AutoTrackEgress.$Shape|null;
		  participantEgress?: livekit.AutoParticipantEgress.$Shape|null;
		  playoutDelay?: livekit.PlayoutDelay.$Shape|null;
		  agentDispatches?: livekit.RoomAgentDispatch.$Shape[]|null;
		  syncStreams?: boolean|null;
		  replayEnabled?: boolean|null;
		  exportRoom?: boolean|null;
		  tags?: { [k: string]: string }|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IICEConfig extends livekit.ICEConfig.$Properties {
	}

	class ICEConfig {
		constructor(properties?: livekit.ICEConfig.$Properties);
		$unknowns?: Uint8Array[];
		preferenceSubscriber: livekit.ICECandidateType;
		preferencePublisher: livekit.ICECandidateType;
		static create(properties: livekit.ICEConfig.$Shape): livekit.ICEConfig & livekit.ICEConfig.$Shape;
		static create(properties?: livekit.ICEConfig.$Properties): livekit.ICEConfig;
		static encode(message: livekit.ICEConfig.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ICEConfig & livekit.ICEConfig.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ICEConfig {
		interface $Properties {
			preferenceSubscriber?: (livekit.ICECandidateType|null);
			preferencePublisher?: (livekit.ICECandidateType|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ICEConfig.$Properties;
	}

	enum PhoneNumberStatus {
		PHONE_NUMBER_STATUS_UNSPECIFIED = 0,
		PHONE_NUMBER_STATUS_ACTIVE = 1,
		PHONE_NUMBER_STATUS_PENDING = 2,
		PHONE_NUMBER_STATUS_RELEASED = 3,
		PHONE_NUMBER_STATUS_OFFLINE = 4
	}

	enum PhoneNumberInboundStatus {
		PHONE_NUMBER_IN_STATUS_UNSPECIFIED = 0,
		PHONE_NUMBER_IN_STATUS_ACTIVE = 1,
		PHONE_NUMBER_IN_STATUS_UNAVAILABLE = 2,
		PHONE_NUMBER_IN_STATUS_DETACHED = 3
	}

	enum PhoneNumberOutboundStatus {
		PHONE_NUMBER_OUT_STATUS_UNSPECIFIED = 0,
		PHONE_NUMBER_OUT_STATUS_ACTIVE = 1,
		PHONE_NUMBER_OUT_STATUS_UNAVAILABLE = 2
	}

	enum PhoneNumberType {
		PHONE_NUMBER_TYPE_UNKNOWN = 0,
		PHONE_NUMBER_TYPE_MOBILE = 1,
		PHONE_NUMBER_TYPE_LOCAL = 2,
		PHONE_NUMBER_TYPE_TOLL_FREE = 3
	}

	interface ISearchPhoneNumbersRequest extends livekit.SearchPhoneNumbersRequest.$Properties {
	}

	class SearchPhoneNumbersRequest {
		constructor(properties?: livekit.SearchPhoneNumbersRequest.$Properties);
		$unknowns?: Uint8Array[];
		countryCode: string;
		areaCode?: (string|null);
		limit?: (number|null);
		pageToken?: (livekit.TokenPagination.$Properties|null);
		static create(properties: livekit.SearchPhoneNumbersRequest.$Shape): livekit.SearchPhoneNumbersRequest & livekit.SearchPhoneNumbersRequest.$Shape;
		static create(properties?: livekit.SearchPhoneNumbersRequest.$Properties): livekit.SearchPhoneNumbersRequest;
		static encode(message: livekit.SearchPhoneNumbersRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SearchPhoneNumbersRequest & livekit.SearchPhoneNumbersRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SearchPhoneNumbersRequest {
		interface $Properties {
			countryCode?: (string|null);
			areaCode?: (string|null);
			limit?: (number|null);
			pageToken?: (livekit.TokenPagination.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SearchPhoneNumbersRequest.$Properties;
	}

	interface ISearchPhoneNumbersResponse extends livekit.SearchPhoneNumbersResponse.$Properties {
	}

	class SearchPhoneNumbersResponse {
		constructor(properties?: livekit.SearchPhoneNumbersResponse.$Properties);
		$unknowns?: Uint8Array[];
		items: livekit.PhoneNumber.$Properties[];
		nextPageToken?: (livekit.TokenPagination.$Properties|null);
		static create(properties: livekit.SearchPhoneNumbersResponse.$Shape): livekit.SearchPhoneNumbersResponse & livekit.SearchPhoneNumbersResponse.$Shape;
		static create(properties?: livekit.SearchPhoneNumbersResponse.$Properties): livekit.SearchPhoneNumbersResponse;
		static encode(message: livekit.SearchPhoneNumbersResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.SearchPhoneNumbersResponse & livekit.SearchPhoneNumbersResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SearchPhoneNumbersResponse {
		interface $Properties {
			items?: (livekit.PhoneNumber.$Properties[]|null);
			nextPageToken?: (livekit.TokenPagination.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.SearchPhoneNumbersResponse.$Properties;
	}

	interface IPurchasePhoneNumberRequest extends livekit.PurchasePhoneNumberRequest.$Properties {
	}

	class PurchasePhoneNumberRequest {
		constructor(properties?: livekit.PurchasePhoneNumberRequest.$Properties);
		$unknowns?: Uint8Array[];
		phoneNumbers: string[];
		sipDispatchRuleId?: (string|null);
		static create(properties: livekit.PurchasePhoneNumberRequest.$Shape): livekit.PurchasePhoneNumberRequest & livekit.PurchasePhoneNumberRequest.$Shape;
		static create(properties?: livekit.PurchasePhoneNumberRequest.$Properties): livekit.PurchasePhoneNumberRequest;
		static encode(message: livekit.PurchasePhoneNumberRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.PurchasePhoneNumberRequest & livekit.PurchasePhoneNumberRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace PurchasePhoneNumberRequest {
		interface $Properties {
			phoneNumbers?: (string[]|null);
			sipDispatchRuleId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.PurchasePhoneNumberRequest.$Properties;
	}

	interface IPurchasePhoneNumberResponse extends livekit.PurchasePhoneNumberResponse.$Properties {
	}

	class PurchasePhoneNumberResponse {
		constructor(properties?: livekit.PurchasePhoneNumberResponse.$Properties);
		$unknowns?: Uint8Array[];
		phoneNumbers: livekit.PhoneNumber.$Properties[];
		static create(properties: livekit.PurchasePhoneNumberResponse.$Shape): livekit.PurchasePhoneNumberResponse & livekit.PurchasePhoneNumberResponse.$Shape;
		static create(properties?: livekit.PurchasePhoneNumberResponse.$Properties): livekit.PurchasePhoneNumberResponse;
		static encode(message: livekit.PurchasePhoneNumberResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.PurchasePhoneNumberResponse & livekit.PurchasePhoneNumberResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace PurchasePhoneNumberResponse {
		interface $Properties {
			phoneNumbers?: (livekit.PhoneNumber.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.PurchasePhoneNumberResponse.$Properties;
	}

	interface IListPhoneNumbersRequest extends livekit.ListPhoneNumbersRequest.$Properties {
	}

	class ListPhoneNumbersRequest {
		constructor(properties?: livekit.ListPhoneNumbersRequest.$Properties);
		$unknowns?: Uint8Array[];
		limit?: (number|null);
		statuses: livekit.PhoneNumberStatus[];
		pageToken?: (livekit.TokenPagination.$Properties|null);
		sipDispatchRuleId?: (string|null);
		static create(properties: livekit.ListPhoneNumbersRequest.$Shape): livekit.ListPhoneNumbersRequest & livekit.ListPhoneNumbersRequest.$Shape;
		static create(properties?: livekit.ListPhoneNumbersRequest.$Properties): livekit.ListPhoneNumbersRequest;
		static encode(message: livekit.ListPhoneNumbersRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListPhoneNumbersRequest & livekit.ListPhoneNumbersRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListPhoneNumbersRequest {
		interface $Properties {
			limit?: (number|null);
			statuses?: (livekit.PhoneNumberStatus[]|null);
			pageToken?: (livekit.TokenPagination.$Properties|null);
			sipDispatchRuleId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListPhoneNumbersRequest.$Properties;
	}

	interface IListPhoneNumbersResponse extends livekit.ListPhoneNumbersResponse.$Properties {
	}

	class ListPhoneNumbersResponse {
		constructor(properties?: livekit.ListPhoneNumbersResponse.$Properties);
		$unknowns?: Uint8Array[];
		items: livekit.PhoneNumber.$Properties[];
		nextPageToken?: (livekit.TokenPagination.$Properties|null);
		totalCount: number;
		offlineCount: number;
		static create(properties: livekit.ListPhoneNumbersResponse.$Shape): livekit.ListPhoneNumbersResponse & livekit.ListPhoneNumbersResponse.$Shape;
		static create(properties?: livekit.ListPhoneNumbersResponse.$Properties): livekit.ListPhoneNumbersResponse;
		static encode(message: livekit.ListPhoneNumbersResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ListPhoneNumbersResponse & livekit.ListPhoneNumbersResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListPhoneNumbersResponse {
		interface $Properties {
			items?: (livekit.PhoneNumber.$Properties[]|null);
			nextPageToken?: (livekit.TokenPagination.$Properties|null);
			totalCount?: (number|null);
			offlineCount?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ListPhoneNumbersResponse.$Properties;
	}

	interface IGetPhoneNumberRequest extends livekit.GetPhoneNumberRequest.$Properties {
	}

	class GetPhoneNumberRequest {
		constructor(properties?: livekit.GetPhoneNumberRequest.$Properties);
		$unknowns?: Uint8Array[];
		id?: (string|null);
		phoneNumber?: (string|null);
		static create(properties: livekit.GetPhoneNumberRequest.$Shape): livekit.GetPhoneNumberRequest & livekit.GetPhoneNumberRequest.$Shape;
		static create(properties?: livekit.GetPhoneNumberRequest.$Properties): livekit.GetPhoneNumberRequest;
		static encode(message: livekit.GetPhoneNumberRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.GetPhoneNumberRequest & livekit.GetPhoneNumberRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace GetPhoneNumberRequest {
		interface $Properties {
			id?: (string|null);
			phoneNumber?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.GetPhoneNumberRequest.$Properties;
	}

	interface IGetPhoneNumberResponse extends livekit.GetPhoneNumberResponse.$Properties {
	}

	class GetPhoneNumberResponse {
		constructor(properties?: livekit.GetPhoneNumberResponse.$Properties);
		$unknowns?: Uint8Array[];
		phoneNumber?: (livekit.PhoneNumber.$Properties|null);
		static create(properties: livekit.GetPhoneNumberResponse.$Shape): livekit.GetPhoneNumberResponse & livekit.GetPhoneNumberResponse.$Shape;
		static create(properties?: livekit.GetPhoneNumberResponse.$Properties): livekit.GetPhoneNumberResponse;
		static encode(message: livekit.GetPhoneNumberResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.GetPhoneNumberResponse & livekit.GetPhoneNumberResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace GetPhoneNumberResponse {
		interface $Properties {
			phoneNumber?: (livekit.PhoneNumber.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.GetPhoneNumberResponse.$Properties;
	}

	interface IUpdatePhoneNumberRequest extends livekit.UpdatePhoneNumberRequest.$Properties {
	}

	class UpdatePhoneNumberRequest {
		constructor(properties?: livekit.UpdatePhoneNumberRequest.$Properties);
		$unknowns?: Uint8Array[];
		id?: (string|null);
		phoneNumber?: (string|null);
		sipDispatchRuleId?: (string|null);
		name?: (string|null);
		static create(properties: livekit.UpdatePhoneNumberRequest.$Shape): livekit.UpdatePhoneNumberRequest & livekit.UpdatePhoneNumberRequest.$Shape;
		static create(properties?: livekit.UpdatePhoneNumberRequest.$Properties): livekit.UpdatePhoneNumberRequest;
		static encode(message: livekit.UpdatePhoneNumberRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdatePhoneNumberRequest & livekit.UpdatePhoneNumberRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdatePhoneNumberRequest {
		interface $Properties {
			id?: (string|null);
			phoneNumber?: (string|null);
			sipDispatchRuleId?: (string|null);
			name?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdatePhoneNumberRequest.$Properties;
	}

	interface IUpdatePhoneNumberResponse extends livekit.UpdatePhoneNumberResponse.$Properties {
	}

	class UpdatePhoneNumberResponse {
		constructor(properties?: livekit.UpdatePhoneNumberResponse.$Properties);
		$unknowns?: Uint8Array[];
		phoneNumber?: (livekit.PhoneNumber.$Properties|null);
		static create(properties: livekit.UpdatePhoneNumberResponse.$Shape): livekit.UpdatePhoneNumberResponse & livekit.UpdatePhoneNumberResponse.$Shape;
		static create(properties?: livekit.UpdatePhoneNumberResponse.$Properties): livekit.UpdatePhoneNumberResponse;
		static encode(message: livekit.UpdatePhoneNumberResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.UpdatePhoneNumberResponse & livekit.UpdatePhoneNumberResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdatePhoneNumberResponse {
		interface $Properties {
			phoneNumber?: (livekit.PhoneNumber.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.UpdatePhoneNumberResponse.$Properties;
	}

	interface IReleasePhoneNumbersRequest extends livekit.ReleasePhoneNumbersRequest.$Properties {
	}

	class ReleasePhoneNumbersRequest {
		constructor(properties?: livekit.ReleasePhoneNumbersRequest.$Properties);
		$unknowns?: Uint8Array[];
		ids: string[];
		phoneNumbers: string[];
		static create(properties: livekit.ReleasePhoneNumbersRequest.$Shape): livekit.ReleasePhoneNumbersRequest & livekit.ReleasePhoneNumbersRequest.$Shape;
		static create(properties?: livekit.ReleasePhoneNumbersRequest.$Properties): livekit.ReleasePhoneNumbersRequest;
		static encode(message: livekit.ReleasePhoneNumbersRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ReleasePhoneNumbersRequest & livekit.ReleasePhoneNumbersRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ReleasePhoneNumbersRequest {
		interface $Properties {
			ids?: (string[]|null);
			phoneNumbers?: (string[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ReleasePhoneNumbersRequest.$Properties;
	}

	interface IReleasePhoneNumbersResponse extends livekit.ReleasePhoneNumbersResponse.$Properties {
	}

	class ReleasePhoneNumbersResponse {
		constructor(properties?: livekit.ReleasePhoneNumbersResponse.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: livekit.ReleasePhoneNumbersResponse.$Shape): livekit.ReleasePhoneNumbersResponse & livekit.ReleasePhoneNumbersResponse.$Shape;
		static create(properties?: livekit.ReleasePhoneNumbersResponse.$Properties): livekit.ReleasePhoneNumbersResponse;
		static encode(message: livekit.ReleasePhoneNumbersResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.ReleasePhoneNumbersResponse & livekit.ReleasePhoneNumbersResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ReleasePhoneNumbersResponse {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.ReleasePhoneNumbersResponse.$Properties;
	}

	interface IPhoneNumber extends livekit.PhoneNumber.$Properties {
	}

	class PhoneNumber {
		constructor(properties?: livekit.PhoneNumber.$Properties);
		$unknowns?: Uint8Array[];
		id: string;
		name: string;
		e164Format: string;
		countryCode: string;
		areaCode: string;
		numberType: livekit.PhoneNumberType;
		locality: string;
		region: string;
		spamScore: number;
		createdAt?: (google.protobuf.Timestamp.$Properties|null);
		updatedAt?: (google.protobuf.Timestamp.$Properties|null);
		capabilities: string[];
		status: livekit.PhoneNumberStatus;
		inboundStatus: livekit.PhoneNumberInboundStatus;
		outboundStatus: livekit.PhoneNumberOutboundStatus;
		assignedAt?: (google.protobuf.Timestamp.$Properties|null);
		releasedAt?: (google.protobuf.Timestamp.$Properties|null);
		sipDispatchRuleId: string;
		sipDispatchRuleIds: string[];
		static create(properties: livekit.PhoneNumber.$Shape): livekit.PhoneNumber & livekit.PhoneNumber.$Shape;
		static create(properties?: livekit.PhoneNumber.$Properties): livekit.PhoneNumber;
		static encode(message: livekit.PhoneNumber.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.PhoneNumber & livekit.PhoneNumber.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace PhoneNumber {
		interface $Properties {
			id?: (string|null);
			name?: (string|null);
			e164Format?: (string|null);
			countryCode?: (string|null);
			areaCode?: (string|null);
			numberType?: (livekit.PhoneNumberType|null);
			locality?: (string|null);
			region?: (string|null);
			spamScore?: (number|null);
			createdAt?: (google.protobuf.Timestamp.$Properties|null);
			updatedAt?: (google.protobuf.Timestamp.$Properties|null);
			capabilities?: (string[]|null);
			status?: (livekit.PhoneNumberStatus|null);
			inboundStatus?: (livekit.PhoneNumberInboundStatus|null);
			outboundStatus?: (livekit.PhoneNumberOutboundStatus|null);
			assignedAt?: (google.protobuf.Timestamp.$Properties|null);
			releasedAt?: (google.protobuf.Timestamp.$Properties|null);
			sipDispatchRuleId?: (string|null);
			sipDispatchRuleIds?: (string[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = livekit.PhoneNumber.$Properties;
	}

	interface IWebhookEvent extends livekit.WebhookEvent.$Properties {
	}

	class WebhookEvent {
		constructor(properties?: livekit.WebhookEvent.$Properties);
		$unknowns?: Uint8Array[];
		event: string;
		room?: (livekit.Room.$Properties|null);
		participant?: (livekit.ParticipantInfo.$Properties|null);
		egressInfo?: (livekit.EgressInfo.$Properties|null);
		ingressInfo?: (livekit.IngressInfo.$Properties|null);
		track?: (livekit.TrackInfo.$Properties|null);
		job?: (livekit.Job.$Properties|null);
		id: string;
		createdAt: number;
		numDropped: number;
		roomEndReason: livekit.RoomEndReason;
		static create(properties: livekit.WebhookEvent.$Shape): livekit.WebhookEvent & livekit.WebhookEvent.$Shape;
		static create(properties?: livekit.WebhookEvent.$Properties): livekit.WebhookEvent;
		static encode(message: livekit.WebhookEvent.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): livekit.WebhookEvent & livekit.WebhookEvent.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WebhookEvent {
		interface $Properties {
			event?: (string|null);
			room?: (livekit.Room.$Properties|null);
			participant?: (livekit.ParticipantInfo.$Properties|null);
			egressInfo?: (livekit.EgressInfo.$Properties|null);
			ingressInfo?: (livekit.IngressInfo.$Properties|null);
			track?: (livekit.TrackInfo.$Properties|null);
			job?: (livekit.Job.$Properties|null);
			id?: (string|null);
			createdAt?: (number|null);
			numDropped?: (number|null);
			roomEndReason?: (livekit.RoomEndReason|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  event?: string|null;
		  room?: livekit.Room.$Shape|null;
		  participant?: livekit.ParticipantInfo.$Shape|null;
		  egressInfo?: livekit.EgressInfo.$Shape|null;
		  ingressInfo?: livekit.IngressInfo.$Shape|null;
		  track?: livekit.TrackInfo.$Shape|null;
		  job?: livekit.Job.$Shape|null;
		  id?: string|null;
		  createdAt?: number|null;
		  numDropped?: number|null;
		  roomEndReason?: livekit.RoomEndReason|null;
		  $unknowns?: Uint8Array[];
		};
	}
}

export namespace internal {

	interface IMsg extends internal.Msg.$Properties {
	}

	class Msg {
		constructor(properties?: internal.Msg.$Properties);
		$unknowns?: Uint8Array[];
		typeUrl: string;
		value: Uint8Array;
		channel: string;
		static create(properties: internal.Msg.$Shape): internal.Msg & internal.Msg.$Shape;
		static create(properties?: internal.Msg.$Properties): internal.Msg;
		static encode(message: internal.Msg.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): internal.Msg & internal.Msg.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace Msg {
		interface $Properties {
			typeUrl?: (string|null);
			value?: (Uint8Array|null);
			channel?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = internal.Msg.$Properties;
	}

	interface IRequest extends internal.Request.$Properties {
	}

	class Request {
		constructor(properties?: internal.Request.$Properties);
		$unknowns?: Uint8Array[];
		requestId: string;
		clientId: string;
		sentAt: number;
		expiry: number;
		multi: boolean;
		request?: (google.protobuf.Any.$Properties|null);
		metadata: { [k: string]: string };
		rawRequest: Uint8Array;
		skipClaim: boolean;
		static create(properties: internal.Request.$Shape): internal.Request & internal.Request.$Shape;
		static create(properties?: internal.Request.$Properties): internal.Request;
		static encode(message: internal.Request.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): internal.Request & internal.Request.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace Request {
		interface $Properties {
			requestId?: (string|null);
			clientId?: (string|null);
			sentAt?: (number|null);
			expiry?: (number|null);
			multi?: (boolean|null);
			request?: (google.protobuf.Any.$Properties|null);
			metadata?: ({ [k: string]: string }|null);
			rawRequest?: (Uint8Array|null);
			skipClaim?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = internal.Request.$Properties;
	}

	interface IResponse extends internal.Response.$Properties {
	}

	class Response {
		constructor(properties?: internal.Response.$Properties);
		$unknowns?: Uint8Array[];
		requestId: string;
		serverId: string;
		sentAt: number;
		response?: (google.protobuf.Any.$Properties|null);
		error: string;
		code: string;
		rawResponse: Uint8Array;
		errorDetails: google.protobuf.Any.$Properties[];
		static create(properties: internal.Response.$Shape): internal.Response & internal.Response.$Shape;
		static create(properties?: internal.Response.$Properties): internal.Response;
		static encode(message: internal.Response.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): internal.Response & internal.Response.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace Response {
		interface $Properties {
			requestId?: (string|null);
			serverId?: (string|null);
			sentAt?: (number|null);
			response?: (google.protobuf.Any.$Properties|null);
			error?: (string|null);
			code?: (string|null);
			rawResponse?: (Uint8Array|null);
			errorDetails?: (google.protobuf.Any.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = internal.Response.$Properties;
	}

	interface IClaimRequest extends internal.ClaimRequest.$Properties {
	}

	class ClaimRequest {
		constructor(properties?: internal.ClaimRequest.$Properties);
		$unknowns?: Uint8Array[];
		requestId: string;
		serverId: string;
		affinity: number;
		static create(properties: internal.ClaimRequest.$Shape): internal.ClaimRequest & internal.ClaimRequest.$Shape;
		static create(properties?: internal.ClaimRequest.$Properties): internal.ClaimRequest;
		static encode(message: internal.ClaimRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): internal.ClaimRequest & internal.ClaimRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ClaimRequest {
		interface $Properties {
			requestId?: (string|null);
			serverId?: (string|null);
			affinity?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = internal.ClaimRequest.$Properties;
	}

	interface IClaimResponse extends internal.ClaimResponse.$Properties {
	}

	class ClaimResponse {
		constructor(properties?: internal.ClaimResponse.$Properties);
		$unknowns?: Uint8Array[];
		requestId: string;
		serverId: string;
		static create(properties: internal.ClaimResponse.$Shape): internal.ClaimResponse & internal.ClaimResponse.$Shape;
		static create(properties?: internal.ClaimResponse.$Properties): internal.ClaimResponse;
		static encode(message: internal.ClaimResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): internal.ClaimResponse & internal.ClaimResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ClaimResponse {
		interface $Properties {
			requestId?: (string|null);
			serverId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = internal.ClaimResponse.$Properties;
	}

	interface IStream extends internal.Stream.$Properties {
	}

	class Stream {
		constructor(properties?: internal.Stream.$Properties);
		$unknowns?: Uint8Array[];
		streamId: string;
		requestId: string;
		sentAt: number;
		expiry: number;
		open?: (internal.StreamOpen.$Properties|null);
		message?: (internal.StreamMessage.$Properties|null);
		ack?: (internal.StreamAck.$Properties|null);
		close?: (internal.StreamClose.$Properties|null);
		body?: ("open"|"message"|"ack"|"close");
		static create(properties: internal.Stream.$Shape): internal.Stream & internal.Stream.$Shape;
		static create(properties?: internal.Stream.$Properties): internal.Stream;
		static encode(message: internal.Stream.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): internal.Stream & internal.Stream.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace Stream {
		interface $Properties {
			streamId?: (string|null);
			requestId?: (string|null);
			sentAt?: (number|null);
			expiry?: (number|null);
			open?: (internal.StreamOpen.$Properties|null);
			message?: (internal.StreamMessage.$Properties|null);
			ack?: (internal.StreamAck.$Properties|null);
			close?: (internal.StreamClose.$Properties|null);
			body?: ("open"|"message"|"ack"|"close");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  streamId?: string|null;
		  requestId?: string|null;
		  sentAt?: number|null;
		  expiry?: number|null;
		  open?: internal.StreamOpen.$Shape|null;
		  message?: internal.StreamMessage.$Shape|null;
		  ack?: internal.StreamAck.$Shape|null;
		  close?: internal.StreamClose.$Shape|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ body?: undefined; open?: null; message?: null; ack?: null; close?: null }|{ body?: "open"; open: internal.StreamOpen.$Shape; message?: null; ack?: null; close?: null }|{ body?: "message"; open?: null; message: internal.StreamMessage.$Shape; ack?: null; close?: null }|{ body?: "ack"; open?: null; message?: null; ack: internal.StreamAck.$Shape; close?: null }|{ body?: "close"; open?: null; message?: null; ack?: null; close: internal.StreamClose.$Shape })
		);
	}

	interface IStreamOpen extends internal.StreamOpen.$Properties {
	}

	class StreamOpen {
		constructor(properties?: internal.StreamOpen.$Properties);
		$unknowns?: Uint8Array[];
		nodeId: string;
		metadata: { [k: string]: string };
		static create(properties: internal.StreamOpen.$Shape): internal.StreamOpen & internal.StreamOpen.$Shape;
		static create(properties?: internal.StreamOpen.$Properties): internal.StreamOpen;
		static encode(message: internal.StreamOpen.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): internal.StreamOpen & internal.StreamOpen.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StreamOpen {
		interface $Properties {
			nodeId?: (string|null);
			metadata?: ({ [k: string]: string }|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = internal.StreamOpen.$Properties;
	}

	interface IStreamMessage extends internal.StreamMessage.$Properties {
	}

	class StreamMessage {
		constructor(properties?: internal.StreamMessage.$Properties);
		$unknowns?: Uint8Array[];
		message?: (google.protobuf.Any.$Properties|null);
		rawMessage: Uint8Array;
		static create(properties: internal.StreamMessage.$Shape): internal.StreamMessage & internal.StreamMessage.$Shape;
		static create(properties?: internal.StreamMessage.$Properties): internal.StreamMessage;
		static encode(message: internal.StreamMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): internal.StreamMessage & internal.StreamMessage.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StreamMessage {
		interface $Properties {
			message?: (google.protobuf.Any.$Properties|null);
			rawMessage?: (Uint8Array|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = internal.StreamMessage.$Properties;
	}

	interface IStreamAck extends internal.StreamAck.$Properties {
	}

	class StreamAck {
		constructor(properties?: internal.StreamAck.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: internal.StreamAck.$Shape): internal.StreamAck & internal.StreamAck.$Shape;
		static create(properties?: internal.StreamAck.$Properties): internal.StreamAck;
		static encode(message: internal.StreamAck.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): internal.StreamAck & internal.StreamAck.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StreamAck {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = internal.StreamAck.$Properties;
	}

	interface IStreamClose extends internal.StreamClose.$Properties {
	}

	class StreamClose {
		constructor(properties?: internal.StreamClose.$Properties);
		$unknowns?: Uint8Array[];
		error: string;
		code: string;
		static create(properties: internal.StreamClose.$Shape): internal.StreamClose & internal.StreamClose.$Shape;
		static create(properties?: internal.StreamClose.$Properties): internal.StreamClose;
		static encode(message: internal.StreamClose.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): internal.StreamClose & internal.StreamClose.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StreamClose {
		interface $Properties {
			error?: (string|null);
			code?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = internal.StreamClose.$Properties;
	}
}

export namespace rpc {

	enum JobTerminateReason {
		TERMINATION_REQUESTED = 0,
		AGENT_LEFT_ROOM = 1
	}

	interface ICheckEnabledRequest extends rpc.CheckEnabledRequest.$Properties {
	}

	class CheckEnabledRequest {
		constructor(properties?: rpc.CheckEnabledRequest.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: rpc.CheckEnabledRequest.$Shape): rpc.CheckEnabledRequest & rpc.CheckEnabledRequest.$Shape;
		static create(properties?: rpc.CheckEnabledRequest.$Properties): rpc.CheckEnabledRequest;
		static encode(message: rpc.CheckEnabledRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.CheckEnabledRequest & rpc.CheckEnabledRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace CheckEnabledRequest {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.CheckEnabledRequest.$Properties;
	}

	interface ICheckEnabledResponse extends rpc.CheckEnabledResponse.$Properties {
	}

	class CheckEnabledResponse {
		constructor(properties?: rpc.CheckEnabledResponse.$Properties);
		$unknowns?: Uint8Array[];
		roomEnabled: boolean;
		publisherEnabled: boolean;
		participantEnabled: boolean;
		namespaces: string[];
		agentNames: string[];
		static create(properties: rpc.CheckEnabledResponse.$Shape): rpc.CheckEnabledResponse & rpc.CheckEnabledResponse.$Shape;
		static create(properties?: rpc.CheckEnabledResponse.$Properties): rpc.CheckEnabledResponse;
		static encode(message: rpc.CheckEnabledResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.CheckEnabledResponse & rpc.CheckEnabledResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace CheckEnabledResponse {
		interface $Properties {
			roomEnabled?: (boolean|null);
			publisherEnabled?: (boolean|null);
			participantEnabled?: (boolean|null);
			namespaces?: (string[]|null);
			agentNames?: (string[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.CheckEnabledResponse.$Properties;
	}

	interface IJobRequestResponse extends rpc.JobRequestResponse.$Properties {
	}

	class JobRequestResponse {
		constructor(properties?: rpc.JobRequestResponse.$Properties);
		$unknowns?: Uint8Array[];
		state?: (livekit.JobState.$Properties|null);
		static create(properties: rpc.JobRequestResponse.$Shape): rpc.JobRequestResponse & rpc.JobRequestResponse.$Shape;
		static create(properties?: rpc.JobRequestResponse.$Properties): rpc.JobRequestResponse;
		static encode(message: rpc.JobRequestResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.JobRequestResponse & rpc.JobRequestResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace JobRequestResponse {
		interface $Properties {
			state?: (livekit.JobState.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.JobRequestResponse.$Properties;
	}

	interface IJobTerminateRequest extends rpc.JobTerminateRequest.$Properties {
	}

	class JobTerminateRequest {
		constructor(properties?: rpc.JobTerminateRequest.$Properties);
		$unknowns?: Uint8Array[];
		jobId: string;
		reason: rpc.JobTerminateReason;
		static create(properties: rpc.JobTerminateRequest.$Shape): rpc.JobTerminateRequest & rpc.JobTerminateRequest.$Shape;
		static create(properties?: rpc.JobTerminateRequest.$Properties): rpc.JobTerminateRequest;
		static encode(message: rpc.JobTerminateRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.JobTerminateRequest & rpc.JobTerminateRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace JobTerminateRequest {
		interface $Properties {
			jobId?: (string|null);
			reason?: (rpc.JobTerminateReason|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.JobTerminateRequest.$Properties;
	}

	interface IJobTerminateResponse extends rpc.JobTerminateResponse.$Properties {
	}

	class JobTerminateResponse {
		constructor(properties?: rpc.JobTerminateResponse.$Properties);
		$unknowns?: Uint8Array[];
		state?: (livekit.JobState.$Properties|null);
		static create(properties: rpc.JobTerminateResponse.$Shape): rpc.JobTerminateResponse & rpc.JobTerminateResponse.$Shape;
		static create(properties?: rpc.JobTerminateResponse.$Properties): rpc.JobTerminateResponse;
		static encode(message: rpc.JobTerminateResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.JobTerminateResponse & rpc.JobTerminateResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace JobTerminateResponse {
		interface $Properties {
			state?: (livekit.JobState.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.JobTerminateResponse.$Properties;
	}

	interface IStartEgressRequest extends rpc.StartEgressRequest.$Properties {
	}

	class StartEgressRequest {
		constructor(properties?: rpc.StartEgressRequest.$Properties);
		$unknowns?: Uint8Array[];
		egressId: string;
		egress?: (livekit.StartEgressRequest.$Properties|null);
		replay?: (livekit.ExportReplayRequest.$Properties|null);
		roomComposite?: (livekit.RoomCompositeEgressRequest.$Properties|null);
		web?: (livekit.WebEgressRequest.$Properties|null);
		participant?: (livekit.ParticipantEgressRequest.$Properties|null);
		trackComposite?: (livekit.TrackCompositeEgressRequest.$Properties|null);
		track?: (livekit.TrackEgressRequest.$Properties|null);
		roomId: string;
		roomName: string;
		token: string;
		wsUrl: string;
		cloudBackupEnabled: boolean;
		estimatedCpu: number;
		retryCount: number;
		request?: ("egress"|"replay"|"roomComposite"|"web"|"participant"|"trackComposite"|"track");
		static create(properties: rpc.StartEgressRequest.$Shape): rpc.StartEgressRequest & rpc.StartEgressRequest.$Shape;
		static create(properties?: rpc.StartEgressRequest.$Properties): rpc.StartEgressRequest;
		static encode(message: rpc.StartEgressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.StartEgressRequest & rpc.StartEgressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StartEgressRequest {
		interface $Properties {
			egressId?: (string|null);
			egress?: (livekit.StartEgressRequest.$Properties|null);
			replay?: (livekit.ExportReplayRequest.$Properties|null);
			roomComposite?: (livekit.RoomCompositeEgressRequest.$Properties|null);
			web?: (livekit.WebEgressRequest.$Properties|null);
			participant?: (livekit.ParticipantEgressRequest.$Properties|null);
			trackComposite?: (livekit.TrackCompositeEgressRequest.$Properties|null);
			track?: (livekit.TrackEgressRequest.$Properties|null);
			roomId?: (string|null);
			roomName?: (string|null);
			token?: (string|null);
			wsUrl?: (string|null);
			cloudBackupEnabled?: (boolean|null);
			estimatedCpu?: (number|null);
			retryCount?: (number|null);
			request?: ("egress"|"replay"|"roomComposite"|"web"|"participant"|"trackComposite"|"track");
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  egressId?: string|null;
		  egress?: livekit.StartEgressRequest.$Shape|null;
		  replay?: livekit.ExportReplayRequest.$Shape|null;
		  roomComposite?: livekit.RoomCompositeEgressRequest.$Shape|null;
		  web?: livekit.WebEgressRequest.$Shape|null;
		  participant?: livekit.ParticipantEgressRequest.$Shape|null;
		  trackComposite?: livekit.TrackCompositeEgressRequest.$Shape|null;
		  track?: livekit.TrackEgressRequest.$Shape|null;
		  roomId?: string|null;
		  roomName?: string|null;
		  token?: string|null;
		  wsUrl?: string|null;
		  cloudBackupEnabled?: boolean|null;
		  estimatedCpu?: number|null;
		  retryCount?: number|null;
		  $unknowns?: Uint8Array[];
		} & (
		  ({ request?: undefined; egress?: null; replay?: null; roomComposite?: null; web?: null; participant?: null; trackComposite?: null; track?: null }|{ request?: "egress"; egress: livekit.StartEgressRequest.$Shape; replay?: null; roomComposite?: null; web?: null; participant?: null; trackComposite?: null; track?: null }|{ request?: "replay"; egress?: null; replay: livekit.ExportReplayRequest.$Shape; roomComposite?: null; web?: null; participant?: null; trackComposite?: null; track?: null }|{ request?: "roomComposite"; egress?: null; replay?: null; roomComposite: livekit.RoomCompositeEgressRequest.$Shape; web?: null; participant?: null; trackComposite?: null; track?: null }|{ request?: "web"; egress?: null; replay?: null; roomComposite?: null; web: livekit.WebEgressRequest.$Shape; participant?: null; trackComposite?: null; track?: null }|{ request?: "participant"; egress?: null; replay?: null; roomComposite?: null; web?: null; participant: livekit.ParticipantEgressRequest.$Shape; trackComposite?: null; track?: null }|{ request?: "trackComposite"; egress?: null; replay?: null; roomComposite?: null; web?: null; participant?: null; trackComposite: livekit.TrackCompositeEgressRequest.$Shape; track?: null }|{ request?: "track"; egress?: null; replay?: null; roomComposite?: null; web?: null; participant?: null; trackComposite?: null; track: livekit.TrackEgressRequest.$Shape })
		);
	}

	interface IListActiveEgressRequest extends rpc.ListActiveEgressRequest.$Properties {
	}

	class ListActiveEgressRequest {
		constructor(properties?: rpc.ListActiveEgressRequest.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: rpc.ListActiveEgressRequest.$Shape): rpc.ListActiveEgressRequest & rpc.ListActiveEgressRequest.$Shape;
		static create(properties?: rpc.ListActiveEgressRequest.$Properties): rpc.ListActiveEgressRequest;
		static encode(message: rpc.ListActiveEgressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.ListActiveEgressRequest & rpc.ListActiveEgressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListActiveEgressRequest {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.ListActiveEgressRequest.$Properties;
	}

	interface IListActiveEgressResponse extends rpc.ListActiveEgressResponse.$Properties {
	}

	class ListActiveEgressResponse {
		constructor(properties?: rpc.ListActiveEgressResponse.$Properties);
		$unknowns?: Uint8Array[];
		egressIds: string[];
		static create(properties: rpc.ListActiveEgressResponse.$Shape): rpc.ListActiveEgressResponse & rpc.ListActiveEgressResponse.$Shape;
		static create(properties?: rpc.ListActiveEgressResponse.$Properties): rpc.ListActiveEgressResponse;
		static encode(message: rpc.ListActiveEgressResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.ListActiveEgressResponse & rpc.ListActiveEgressResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListActiveEgressResponse {
		interface $Properties {
			egressIds?: (string[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.ListActiveEgressResponse.$Properties;
	}

	interface IEgressReadyRequest extends rpc.EgressReadyRequest.$Properties {
	}

	class EgressReadyRequest {
		constructor(properties?: rpc.EgressReadyRequest.$Properties);
		$unknowns?: Uint8Array[];
		egressId: string;
		skipPlayback: boolean;
		static create(properties: rpc.EgressReadyRequest.$Shape): rpc.EgressReadyRequest & rpc.EgressReadyRequest.$Shape;
		static create(properties?: rpc.EgressReadyRequest.$Properties): rpc.EgressReadyRequest;
		static encode(message: rpc.EgressReadyRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.EgressReadyRequest & rpc.EgressReadyRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace EgressReadyRequest {
		interface $Properties {
			egressId?: (string|null);
			skipPlayback?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.EgressReadyRequest.$Properties;
	}

	interface IEgressReadyResponse extends rpc.EgressReadyResponse.$Properties {
	}

	class EgressReadyResponse {
		constructor(properties?: rpc.EgressReadyResponse.$Properties);
		$unknowns?: Uint8Array[];
		startAt: number;
		durationMs: number;
		static create(properties: rpc.EgressReadyResponse.$Shape): rpc.EgressReadyResponse & rpc.EgressReadyResponse.$Shape;
		static create(properties?: rpc.EgressReadyResponse.$Properties): rpc.EgressReadyResponse;
		static encode(message: rpc.EgressReadyResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.EgressReadyResponse & rpc.EgressReadyResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace EgressReadyResponse {
		interface $Properties {
			startAt?: (number|null);
			durationMs?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.EgressReadyResponse.$Properties;
	}

	interface IListActiveIngressRequest extends rpc.ListActiveIngressRequest.$Properties {
	}

	class ListActiveIngressRequest {
		constructor(properties?: rpc.ListActiveIngressRequest.$Properties);
		$unknowns?: Uint8Array[];
		static create(properties: rpc.ListActiveIngressRequest.$Shape): rpc.ListActiveIngressRequest & rpc.ListActiveIngressRequest.$Shape;
		static create(properties?: rpc.ListActiveIngressRequest.$Properties): rpc.ListActiveIngressRequest;
		static encode(message: rpc.ListActiveIngressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.ListActiveIngressRequest & rpc.ListActiveIngressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListActiveIngressRequest {
		interface $Properties {
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.ListActiveIngressRequest.$Properties;
	}

	interface IListActiveIngressResponse extends rpc.ListActiveIngressResponse.$Properties {
	}

	class ListActiveIngressResponse {
		constructor(properties?: rpc.ListActiveIngressResponse.$Properties);
		$unknowns?: Uint8Array[];
		ingressIds: string[];
		ingressSessions: rpc.IngressSession.$Properties[];
		static create(properties: rpc.ListActiveIngressResponse.$Shape): rpc.ListActiveIngressResponse & rpc.ListActiveIngressResponse.$Shape;
		static create(properties?: rpc.ListActiveIngressResponse.$Properties): rpc.ListActiveIngressResponse;
		static encode(message: rpc.ListActiveIngressResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.ListActiveIngressResponse & rpc.ListActiveIngressResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ListActiveIngressResponse {
		interface $Properties {
			ingressIds?: (string[]|null);
			ingressSessions?: (rpc.IngressSession.$Properties[]|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.ListActiveIngressResponse.$Properties;
	}

	interface IDeleteWHIPResourceRequest extends rpc.DeleteWHIPResourceRequest.$Properties {
	}

	class DeleteWHIPResourceRequest {
		constructor(properties?: rpc.DeleteWHIPResourceRequest.$Properties);
		$unknowns?: Uint8Array[];
		resourceId: string;
		streamKey: string;
		static create(properties: rpc.DeleteWHIPResourceRequest.$Shape): rpc.DeleteWHIPResourceRequest & rpc.DeleteWHIPResourceRequest.$Shape;
		static create(properties?: rpc.DeleteWHIPResourceRequest.$Properties): rpc.DeleteWHIPResourceRequest;
		static encode(message: rpc.DeleteWHIPResourceRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.DeleteWHIPResourceRequest & rpc.DeleteWHIPResourceRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace DeleteWHIPResourceRequest {
		interface $Properties {
			resourceId?: (string|null);
			streamKey?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.DeleteWHIPResourceRequest.$Properties;
	}

	interface IICERestartWHIPResourceRequest extends rpc.ICERestartWHIPResourceRequest.$Properties {
	}

	class ICERestartWHIPResourceRequest {
		constructor(properties?: rpc.ICERestartWHIPResourceRequest.$Properties);
		$unknowns?: Uint8Array[];
		resourceId: string;
		streamKey: string;
		userFragment: string;
		password: string;
		candidates: string[];
		rawTrickleIceSdpfrag: string;
		ifMatch: string;
		static create(properties: rpc.ICERestartWHIPResourceRequest.$Shape): rpc.ICERestartWHIPResourceRequest & rpc.ICERestartWHIPResourceRequest.$Shape;
		static create(properties?: rpc.ICERestartWHIPResourceRequest.$Properties): rpc.ICERestartWHIPResourceRequest;
		static encode(message: rpc.ICERestartWHIPResourceRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.ICERestartWHIPResourceRequest & rpc.ICERestartWHIPResourceRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ICERestartWHIPResourceRequest {
		interface $Properties {
			resourceId?: (string|null);
			streamKey?: (string|null);
			userFragment?: (string|null);
			password?: (string|null);
			candidates?: (string[]|null);
			rawTrickleIceSdpfrag?: (string|null);
			ifMatch?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.ICERestartWHIPResourceRequest.$Properties;
	}

	interface IICERestartWHIPResourceResponse extends rpc.ICERestartWHIPResourceResponse.$Properties {
	}

	class ICERestartWHIPResourceResponse {
		constructor(properties?: rpc.ICERestartWHIPResourceResponse.$Properties);
		$unknowns?: Uint8Array[];
		trickleIceSdpfrag: string;
		etag: string;
		static create(properties: rpc.ICERestartWHIPResourceResponse.$Shape): rpc.ICERestartWHIPResourceResponse & rpc.ICERestartWHIPResourceResponse.$Shape;
		static create(properties?: rpc.ICERestartWHIPResourceResponse.$Properties): rpc.ICERestartWHIPResourceResponse;
		static encode(message: rpc.ICERestartWHIPResourceResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.ICERestartWHIPResourceResponse & rpc.ICERestartWHIPResourceResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace ICERestartWHIPResourceResponse {
		interface $Properties {
			trickleIceSdpfrag?: (string|null);
			etag?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.ICERestartWHIPResourceResponse.$Properties;
	}

	interface IWHIPRTCConnectionNotifyRequest extends rpc.WHIPRTCConnectionNotifyRequest.$Properties {
	}

	class WHIPRTCConnectionNotifyRequest {
		constructor(properties?: rpc.WHIPRTCConnectionNotifyRequest.$Properties);
		$unknowns?: Uint8Array[];
		participantId: string;
		closed: boolean;
		video?: (livekit.InputVideoState.$Properties|null);
		audio?: (livekit.InputAudioState.$Properties|null);
		static create(properties: rpc.WHIPRTCConnectionNotifyRequest.$Shape): rpc.WHIPRTCConnectionNotifyRequest & rpc.WHIPRTCConnectionNotifyRequest.$Shape;
		static create(properties?: rpc.WHIPRTCConnectionNotifyRequest.$Properties): rpc.WHIPRTCConnectionNotifyRequest;
		static encode(message: rpc.WHIPRTCConnectionNotifyRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.WHIPRTCConnectionNotifyRequest & rpc.WHIPRTCConnectionNotifyRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WHIPRTCConnectionNotifyRequest {
		interface $Properties {
			participantId?: (string|null);
			closed?: (boolean|null);
			video?: (livekit.InputVideoState.$Properties|null);
			audio?: (livekit.InputAudioState.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.WHIPRTCConnectionNotifyRequest.$Properties;
	}

	interface IStartIngressRequest extends rpc.StartIngressRequest.$Properties {
	}

	class StartIngressRequest {
		constructor(properties?: rpc.StartIngressRequest.$Properties);
		$unknowns?: Uint8Array[];
		info?: (livekit.IngressInfo.$Properties|null);
		token: string;
		wsUrl: string;
		loggingFields: { [k: string]: string };
		featureFlags: { [k: string]: string };
		static create(properties: rpc.StartIngressRequest.$Shape): rpc.StartIngressRequest & rpc.StartIngressRequest.$Shape;
		static create(properties?: rpc.StartIngressRequest.$Properties): rpc.StartIngressRequest;
		static encode(message: rpc.StartIngressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.StartIngressRequest & rpc.StartIngressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace StartIngressRequest {
		interface $Properties {
			info?: (livekit.IngressInfo.$Properties|null);
			token?: (string|null);
			wsUrl?: (string|null);
			loggingFields?: ({ [k: string]: string }|null);
			featureFlags?: ({ [k: string]: string }|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  info?: livekit.IngressInfo.$Shape|null;
		  token?: string|null;
		  wsUrl?: string|null;
		  loggingFields?: { [k: string]: string }|null;
		  featureFlags?: { [k: string]: string }|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IIngressSession extends rpc.IngressSession.$Properties {
	}

	class IngressSession {
		constructor(properties?: rpc.IngressSession.$Properties);
		$unknowns?: Uint8Array[];
		ingressId: string;
		resourceId: string;
		static create(properties: rpc.IngressSession.$Shape): rpc.IngressSession & rpc.IngressSession.$Shape;
		static create(properties?: rpc.IngressSession.$Properties): rpc.IngressSession;
		static encode(message: rpc.IngressSession.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.IngressSession & rpc.IngressSession.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace IngressSession {
		interface $Properties {
			ingressId?: (string|null);
			resourceId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.IngressSession.$Properties;
	}

	interface IKillIngressSessionRequest extends rpc.KillIngressSessionRequest.$Properties {
	}

	class KillIngressSessionRequest {
		constructor(properties?: rpc.KillIngressSessionRequest.$Properties);
		$unknowns?: Uint8Array[];
		session?: (rpc.IngressSession.$Properties|null);
		static create(properties: rpc.KillIngressSessionRequest.$Shape): rpc.KillIngressSessionRequest & rpc.KillIngressSessionRequest.$Shape;
		static create(properties?: rpc.KillIngressSessionRequest.$Properties): rpc.KillIngressSessionRequest;
		static encode(message: rpc.KillIngressSessionRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.KillIngressSessionRequest & rpc.KillIngressSessionRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace KillIngressSessionRequest {
		interface $Properties {
			session?: (rpc.IngressSession.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.KillIngressSessionRequest.$Properties;
	}

	enum SIPDispatchResult {
		LEGACY_ACCEPT_OR_PIN = 0,
		ACCEPT = 1,
		REQUEST_PIN = 2,
		REJECT = 3,
		DROP = 4
	}

	enum SIPTrunkAuthenticationError {
		SIP_TRUNK_AUTH_ERROR_NONE = 0,
		SIP_TRUNK_AUTH_ERROR_QUOTA_EXCEEDED = 1,
		SIP_TRUNK_AUTH_ERROR_NO_TRUNK_FOUND = 2,
		SIP_TRUNK_AUTH_ERROR_ROUTE_NOT_ALLOWED = 3,
		SIP_TRUNK_AUTH_ERROR_OTHER = 255
	}

	interface IGetEgressRequest extends rpc.GetEgressRequest.$Properties {
	}

	class GetEgressRequest {
		constructor(properties?: rpc.GetEgressRequest.$Properties);
		$unknowns?: Uint8Array[];
		egressId: string;
		static create(properties: rpc.GetEgressRequest.$Shape): rpc.GetEgressRequest & rpc.GetEgressRequest.$Shape;
		static create(properties?: rpc.GetEgressRequest.$Properties): rpc.GetEgressRequest;
		static encode(message: rpc.GetEgressRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.GetEgressRequest & rpc.GetEgressRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace GetEgressRequest {
		interface $Properties {
			egressId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.GetEgressRequest.$Properties;
	}

	interface IUpdateMetricsRequest extends rpc.UpdateMetricsRequest.$Properties {
	}

	class UpdateMetricsRequest {
		constructor(properties?: rpc.UpdateMetricsRequest.$Properties);
		$unknowns?: Uint8Array[];
		info?: (livekit.EgressInfo.$Properties|null);
		avgCpuUsage: number;
		maxCpuUsage: number;
		static create(properties: rpc.UpdateMetricsRequest.$Shape): rpc.UpdateMetricsRequest & rpc.UpdateMetricsRequest.$Shape;
		static create(properties?: rpc.UpdateMetricsRequest.$Properties): rpc.UpdateMetricsRequest;
		static encode(message: rpc.UpdateMetricsRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.UpdateMetricsRequest & rpc.UpdateMetricsRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateMetricsRequest {
		interface $Properties {
			info?: (livekit.EgressInfo.$Properties|null);
			avgCpuUsage?: (number|null);
			maxCpuUsage?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  info?: livekit.EgressInfo.$Shape|null;
		  avgCpuUsage?: number|null;
		  maxCpuUsage?: number|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface ICreateIngressResponse extends rpc.CreateIngressResponse.$Properties {
	}

	class CreateIngressResponse {
		constructor(properties?: rpc.CreateIngressResponse.$Properties);
		$unknowns?: Uint8Array[];
		info?: (livekit.IngressInfo.$Properties|null);
		static create(properties: rpc.CreateIngressResponse.$Shape): rpc.CreateIngressResponse & rpc.CreateIngressResponse.$Shape;
		static create(properties?: rpc.CreateIngressResponse.$Properties): rpc.CreateIngressResponse;
		static encode(message: rpc.CreateIngressResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.CreateIngressResponse & rpc.CreateIngressResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace CreateIngressResponse {
		interface $Properties {
			info?: (livekit.IngressInfo.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  info?: livekit.IngressInfo.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IGetIngressInfoRequest extends rpc.GetIngressInfoRequest.$Properties {
	}

	class GetIngressInfoRequest {
		constructor(properties?: rpc.GetIngressInfoRequest.$Properties);
		$unknowns?: Uint8Array[];
		ingressId: string;
		streamKey: string;
		static create(properties: rpc.GetIngressInfoRequest.$Shape): rpc.GetIngressInfoRequest & rpc.GetIngressInfoRequest.$Shape;
		static create(properties?: rpc.GetIngressInfoRequest.$Properties): rpc.GetIngressInfoRequest;
		static encode(message: rpc.GetIngressInfoRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.GetIngressInfoRequest & rpc.GetIngressInfoRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace GetIngressInfoRequest {
		interface $Properties {
			ingressId?: (string|null);
			streamKey?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.GetIngressInfoRequest.$Properties;
	}

	interface IGetIngressInfoResponse extends rpc.GetIngressInfoResponse.$Properties {
	}

	class GetIngressInfoResponse {
		constructor(properties?: rpc.GetIngressInfoResponse.$Properties);
		$unknowns?: Uint8Array[];
		info?: (livekit.IngressInfo.$Properties|null);
		token: string;
		wsUrl: string;
		projectId: string;
		loggingFields: { [k: string]: string };
		featureFlags: { [k: string]: string };
		static create(properties: rpc.GetIngressInfoResponse.$Shape): rpc.GetIngressInfoResponse & rpc.GetIngressInfoResponse.$Shape;
		static create(properties?: rpc.GetIngressInfoResponse.$Properties): rpc.GetIngressInfoResponse;
		static encode(message: rpc.GetIngressInfoResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.GetIngressInfoResponse & rpc.GetIngressInfoResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace GetIngressInfoResponse {
		interface $Properties {
			info?: (livekit.IngressInfo.$Properties|null);
			token?: (string|null);
			wsUrl?: (string|null);
			projectId?: (string|null);
			loggingFields?: ({ [k: string]: string }|null);
			featureFlags?: ({ [k: string]: string }|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  info?: livekit.IngressInfo.$Shape|null;
		  token?: string|null;
		  wsUrl?: string|null;
		  projectId?: string|null;
		  loggingFields?: { [k: string]: string }|null;
		  featureFlags?: { [k: string]: string }|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IUpdateIngressStateRequest extends rpc.UpdateIngressStateRequest.$Properties {
	}

	class UpdateIngressStateRequest {
		constructor(properties?: rpc.UpdateIngressStateRequest.$Properties);
		$unknowns?: Uint8Array[];
		ingressId: string;
		state?: (livekit.IngressState.$Properties|null);
		static create(properties: rpc.UpdateIngressStateRequest.$Shape): rpc.UpdateIngressStateRequest & rpc.UpdateIngressStateRequest.$Shape;
		static create(properties?: rpc.UpdateIngressStateRequest.$Properties): rpc.UpdateIngressStateRequest;
		static encode(message: rpc.UpdateIngressStateRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.UpdateIngressStateRequest & rpc.UpdateIngressStateRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateIngressStateRequest {
		interface $Properties {
			ingressId?: (string|null);
			state?: (livekit.IngressState.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.UpdateIngressStateRequest.$Properties;
	}

	interface IGetSIPTrunkAuthenticationRequest extends rpc.GetSIPTrunkAuthenticationRequest.$Properties {
	}

	class GetSIPTrunkAuthenticationRequest {
		constructor(properties?: rpc.GetSIPTrunkAuthenticationRequest.$Properties);
		$unknowns?: Uint8Array[];
		sipCallId: string;
		from: string;
		fromHost: string;
		to: string;
		toHost: string;
		srcAddress: string;
		call?: (rpc.SIPCall.$Properties|null);
		static create(properties: rpc.GetSIPTrunkAuthenticationRequest.$Shape): rpc.GetSIPTrunkAuthenticationRequest & rpc.GetSIPTrunkAuthenticationRequest.$Shape;
		static create(properties?: rpc.GetSIPTrunkAuthenticationRequest.$Properties): rpc.GetSIPTrunkAuthenticationRequest;
		static encode(message: rpc.GetSIPTrunkAuthenticationRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.GetSIPTrunkAuthenticationRequest & rpc.GetSIPTrunkAuthenticationRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace GetSIPTrunkAuthenticationRequest {
		interface $Properties {
			sipCallId?: (string|null);
			from?: (string|null);
			fromHost?: (string|null);
			to?: (string|null);
			toHost?: (string|null);
			srcAddress?: (string|null);
			call?: (rpc.SIPCall.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.GetSIPTrunkAuthenticationRequest.$Properties;
	}

	interface IGetSIPTrunkAuthenticationResponse extends rpc.GetSIPTrunkAuthenticationResponse.$Properties {
	}

	class GetSIPTrunkAuthenticationResponse {
		constructor(properties?: rpc.GetSIPTrunkAuthenticationResponse.$Properties);
		$unknowns?: Uint8Array[];
		username: string;
		password: string;
		realm: string;
		drop: boolean;
		sipTrunkId: string;
		projectId: string;
		providerInfo?: (livekit.ProviderInfo.$Properties|null);
		errorCode: rpc.SIPTrunkAuthenticationError;
		featureFlags: { [k: string]: string };
		observability?: (rpc.SIPCallObservability.$Properties|null);
		static create(properties: rpc.GetSIPTrunkAuthenticationResponse.$Shape): rpc.GetSIPTrunkAuthenticationResponse & rpc.GetSIPTrunkAuthenticationResponse.$Shape;
		static create(properties?: rpc.GetSIPTrunkAuthenticationResponse.$Properties): rpc.GetSIPTrunkAuthenticationResponse;
		static encode(message: rpc.GetSIPTrunkAuthenticationResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.GetSIPTrunkAuthenticationResponse & rpc.GetSIPTrunkAuthenticationResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace GetSIPTrunkAuthenticationResponse {
		interface $Properties {
			username?: (string|null);
			password?: (string|null);
			realm?: (string|null);
			drop?: (boolean|null);
			sipTrunkId?: (string|null);
			projectId?: (string|null);
			providerInfo?: (livekit.ProviderInfo.$Properties|null);
			errorCode?: (rpc.SIPTrunkAuthenticationError|null);
			featureFlags?: ({ [k: string]: string }|null);
			observability?: (rpc.SIPCallObservability.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.GetSIPTrunkAuthenticationResponse.$Properties;
	}

	interface IEvaluateSIPDispatchRulesRequest extends rpc.EvaluateSIPDispatchRulesRequest.$Properties {
	}

	class EvaluateSIPDispatchRulesRequest {
		constructor(properties?: rpc.EvaluateSIPDispatchRulesRequest.$Properties);
		$unknowns?: Uint8Array[];
		sipCallId: string;
		sipParticipantId: string;
		sipTrunkId: string;
		callingNumber: string;
		callingHost: string;
		calledNumber: string;
		srcAddress: string;
		pin: string;
		noPin: boolean;
		calledHost: string;
		extraAttributes: { [k: string]: string };
		call?: (rpc.SIPCall.$Properties|null);
		static create(properties: rpc.EvaluateSIPDispatchRulesRequest.$Shape): rpc.EvaluateSIPDispatchRulesRequest & rpc.EvaluateSIPDispatchRulesRequest.$Shape;
		static create(properties?: rpc.EvaluateSIPDispatchRulesRequest.$Properties): rpc.EvaluateSIPDispatchRulesRequest;
		static encode(message: rpc.EvaluateSIPDispatchRulesRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.EvaluateSIPDispatchRulesRequest & rpc.EvaluateSIPDispatchRulesRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace EvaluateSIPDispatchRulesRequest {
		interface $Properties {
			sipCallId?: (string|null);
			sipParticipantId?: (string|null);
			sipTrunkId?: (string|null);
			callingNumber?: (string|null);
			callingHost?: (string|null);
			calledNumber?: (string|null);
			srcAddress?: (string|null);
			pin?: (string|null);
			noPin?: (boolean|null);
			calledHost?: (string|null);
			extraAttributes?: ({ [k: string]: string }|null);
			call?: (rpc.SIPCall.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.EvaluateSIPDispatchRulesRequest.$Properties;
	}

	interface IEvaluateSIPDispatchRulesResponse extends rpc.EvaluateSIPDispatchRulesResponse.$Properties {
	}

	class EvaluateSIPDispatchRulesResponse {
		constructor(properties?: rpc.EvaluateSIPDispatchRulesResponse.$Properties);
		$unknowns?: Uint8Array[];
		roomName: string;
		participantIdentity: string;
		participantName: string;
		participantMetadata: string;
		participantAttributes: { [k: string]: string };
		requestPin: boolean;
		token: string;
		wsUrl: string;
		result: rpc.SIPDispatchResult;
		sipTrunkId: string;
		sipDispatchRuleId: string;
		projectId: string;
		headers: { [k: string]: string };
		headersToAttributes: { [k: string]: string };
		attributesToHeaders: { [k: string]: string };
		includeHeaders: livekit.SIPHeaderOptions;
		enabledFeatures: livekit.SIPFeature[];
		ringingTimeout?: (google.protobuf.Duration.$Properties|null);
		ringingTimeoutStatus: livekit.SIPStatusCode;
		maxCallDuration?: (google.protobuf.Duration.$Properties|null);
		roomPreset: string;
		roomConfig?: (livekit.RoomConfiguration.$Properties|null);
		mediaEncryption: livekit.SIPMediaEncryption;
		media?: (livekit.SIPMediaConfig.$Properties|null);
		featureFlags: { [k: string]: string };
		static create(properties: rpc.EvaluateSIPDispatchRulesResponse.$Shape): rpc.EvaluateSIPDispatchRulesResponse & rpc.EvaluateSIPDispatchRulesResponse.$Shape;
		static create(properties?: rpc.EvaluateSIPDispatchRulesResponse.$Properties): rpc.EvaluateSIPDispatchRulesResponse;
		static encode(message: rpc.EvaluateSIPDispatchRulesResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.EvaluateSIPDispatchRulesResponse & rpc.EvaluateSIPDispatchRulesResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace EvaluateSIPDispatchRulesResponse {
		interface $Properties {
			roomName?: (string|null);
			participantIdentity?: (string|null);
			participantName?: (string|null);
			participantMetadata?: (string|null);
			participantAttributes?: ({ [k: string]: string }|null);
			requestPin?: (boolean|null);
			token?: (string|null);
			wsUrl?: (string|null);
			result?: (rpc.SIPDispatchResult|null);
			sipTrunkId?: (string|null);
			sipDispatchRuleId?: (string|null);
			projectId?: (string|null);
			headers?: ({ [k: string]: string }|null);
			headersToAttributes?: ({ [k: string]: string }|null);
			attributesToHeaders?: ({ [k: string]: string }|null);
			includeHeaders?: (livekit.SIPHeaderOptions|null);
			enabledFeatures?: (livekit.SIPFeature[]|null);
			ringingTimeout?: (google.protobuf.Duration.$Properties|null);
			ringingTimeoutStatus?: (livekit.SIPStatusCode|null);
			maxCallDuration?: (google.protobuf.Duration.$Properties|null);
			roomPreset?: (string|null);
			roomConfig?: (livekit.RoomConfiguration.$Properties|null);
			mediaEncryption?: (livekit.SIPMediaEncryption|null);
			media?: (livekit.SIPMediaConfig.$Properties|null);
			featureFlags?: ({ [k: string]: string }|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  roomName?: string|null;
		  participantIdentity?: string|null;
		  participantName?: string|null;
		  participantMetadata?: string|null;
		  participantAttributes?: { [k: string]: string }|null;
		  requestPin?: boolean|null;
		  token?: string|null;
		  wsUrl?: string|null;
		  result?: rpc.SIPDispatchResult|null;
		  sipTrunkId?: string|null;
		  sipDispatchRuleId?: string|null;
		  projectId?: string|null;
		  headers?: { [k: string]: string }|null;
		  headersToAttributes?: { [k: string]: string }|null;
		  attributesToHeaders?: { [k: string]: string }|null;
		  includeHeaders?: livekit.SIPHeaderOptions|null;
		  enabledFeatures?: livekit.SIPFeature[]|null;
		  ringingTimeout?: google.protobuf.Duration.$Shape|null;
		  ringingTimeoutStatus?: livekit.SIPStatusCode|null;
		  maxCallDuration?: google.protobuf.Duration.$Shape|null;
		  roomPreset?: string|null;
		  roomConfig?: livekit.RoomConfiguration.$Shape|null;
		  mediaEncryption?: livekit.SIPMediaEncryption|null;
		  media?: livekit.SIPMediaConfig.$Shape|null;
		  featureFlags?: { [k: string]: string }|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface ISIPCallObservability extends rpc.SIPCallObservability.$Properties {
	}

	class SIPCallObservability {
		constructor(properties?: rpc.SIPCallObservability.$Properties);
		$unknowns?: Uint8Array[];
		destination: string;
		lifetimeDays: number;
		carrierId: string;
		countryCode: string;
		numberType: livekit.PhoneNumberType;
		static create(properties: rpc.SIPCallObservability.$Shape): rpc.SIPCallObservability & rpc.SIPCallObservability.$Shape;
		static create(properties?: rpc.SIPCallObservability.$Properties): rpc.SIPCallObservability;
		static encode(message: rpc.SIPCallObservability.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.SIPCallObservability & rpc.SIPCallObservability.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPCallObservability {
		interface $Properties {
			destination?: (string|null);
			lifetimeDays?: (number|null);
			carrierId?: (string|null);
			countryCode?: (string|null);
			numberType?: (livekit.PhoneNumberType|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.SIPCallObservability.$Properties;
	}

	interface IUpdateSIPCallStateRequest extends rpc.UpdateSIPCallStateRequest.$Properties {
	}

	class UpdateSIPCallStateRequest {
		constructor(properties?: rpc.UpdateSIPCallStateRequest.$Properties);
		$unknowns?: Uint8Array[];
		callInfo?: (livekit.SIPCallInfo.$Properties|null);
		transferInfo?: (livekit.SIPTransferInfo.$Properties|null);
		static create(properties: rpc.UpdateSIPCallStateRequest.$Shape): rpc.UpdateSIPCallStateRequest & rpc.UpdateSIPCallStateRequest.$Shape;
		static create(properties?: rpc.UpdateSIPCallStateRequest.$Properties): rpc.UpdateSIPCallStateRequest;
		static encode(message: rpc.UpdateSIPCallStateRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.UpdateSIPCallStateRequest & rpc.UpdateSIPCallStateRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace UpdateSIPCallStateRequest {
		interface $Properties {
			callInfo?: (livekit.SIPCallInfo.$Properties|null);
			transferInfo?: (livekit.SIPTransferInfo.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.UpdateSIPCallStateRequest.$Properties;
	}

	interface IRecordCallContextRequest extends rpc.RecordCallContextRequest.$Properties {
	}

	class RecordCallContextRequest {
		constructor(properties?: rpc.RecordCallContextRequest.$Properties);
		$unknowns?: Uint8Array[];
		callInfo?: (livekit.SIPCallInfo.$Properties|null);
		static create(properties: rpc.RecordCallContextRequest.$Shape): rpc.RecordCallContextRequest & rpc.RecordCallContextRequest.$Shape;
		static create(properties?: rpc.RecordCallContextRequest.$Properties): rpc.RecordCallContextRequest;
		static encode(message: rpc.RecordCallContextRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.RecordCallContextRequest & rpc.RecordCallContextRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RecordCallContextRequest {
		interface $Properties {
			callInfo?: (livekit.SIPCallInfo.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.RecordCallContextRequest.$Properties;
	}

	interface ISIPCall extends rpc.SIPCall.$Properties {
	}

	class SIPCall {
		constructor(properties?: rpc.SIPCall.$Properties);
		$unknowns?: Uint8Array[];
		lkCallId: string;
		sourceIp: string;
		address?: (livekit.SIPUri.$Properties|null);
		from?: (livekit.SIPUri.$Properties|null);
		to?: (livekit.SIPUri.$Properties|null);
		via: livekit.SIPUri.$Properties[];
		sipCallId: string;
		projectId: string;
		features: { [k: string]: string };
		static create(properties: rpc.SIPCall.$Shape): rpc.SIPCall & rpc.SIPCall.$Shape;
		static create(properties?: rpc.SIPCall.$Properties): rpc.SIPCall;
		static encode(message: rpc.SIPCall.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.SIPCall & rpc.SIPCall.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace SIPCall {
		interface $Properties {
			lkCallId?: (string|null);
			sourceIp?: (string|null);
			address?: (livekit.SIPUri.$Properties|null);
			from?: (livekit.SIPUri.$Properties|null);
			to?: (livekit.SIPUri.$Properties|null);
			via?: (livekit.SIPUri.$Properties[]|null);
			sipCallId?: (string|null);
			projectId?: (string|null);
			features?: ({ [k: string]: string }|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.SIPCall.$Properties;
	}

	interface IKeepalivePing extends rpc.KeepalivePing.$Properties {
	}

	class KeepalivePing {
		constructor(properties?: rpc.KeepalivePing.$Properties);
		$unknowns?: Uint8Array[];
		timestamp: number;
		static create(properties: rpc.KeepalivePing.$Shape): rpc.KeepalivePing & rpc.KeepalivePing.$Shape;
		static create(properties?: rpc.KeepalivePing.$Properties): rpc.KeepalivePing;
		static encode(message: rpc.KeepalivePing.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.KeepalivePing & rpc.KeepalivePing.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace KeepalivePing {
		interface $Properties {
			timestamp?: (number|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.KeepalivePing.$Properties;
	}

	interface IRelaySignalRequest extends rpc.RelaySignalRequest.$Properties {
	}

	class RelaySignalRequest {
		constructor(properties?: rpc.RelaySignalRequest.$Properties);
		$unknowns?: Uint8Array[];
		startSession?: (livekit.StartSession.$Properties|null);
		requests: livekit.SignalRequest.$Properties[];
		seq: number;
		close: boolean;
		static create(properties: rpc.RelaySignalRequest.$Shape): rpc.RelaySignalRequest & rpc.RelaySignalRequest.$Shape;
		static create(properties?: rpc.RelaySignalRequest.$Properties): rpc.RelaySignalRequest;
		static encode(message: rpc.RelaySignalRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.RelaySignalRequest & rpc.RelaySignalRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RelaySignalRequest {
		interface $Properties {
			startSession?: (livekit.StartSession.$Properties|null);
			requests?: (livekit.SignalRequest.$Properties[]|null);
			seq?: (number|null);
			close?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  startSession?: livekit.StartSession.$Shape|null;
		  requests?: livekit.SignalRequest.$Shape[]|null;
		  seq?: number|null;
		  close?: boolean|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IRelaySignalResponse extends rpc.RelaySignalResponse.$Properties {
	}

	class RelaySignalResponse {
		constructor(properties?: rpc.RelaySignalResponse.$Properties);
		$unknowns?: Uint8Array[];
		responses: livekit.SignalResponse.$Properties[];
		seq: number;
		close: boolean;
		static create(properties: rpc.RelaySignalResponse.$Shape): rpc.RelaySignalResponse & rpc.RelaySignalResponse.$Shape;
		static create(properties?: rpc.RelaySignalResponse.$Properties): rpc.RelaySignalResponse;
		static encode(message: rpc.RelaySignalResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.RelaySignalResponse & rpc.RelaySignalResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace RelaySignalResponse {
		interface $Properties {
			responses?: (livekit.SignalResponse.$Properties[]|null);
			seq?: (number|null);
			close?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  responses?: livekit.SignalResponse.$Shape[]|null;
		  seq?: number|null;
		  close?: boolean|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IInternalCreateSIPParticipantRequest extends rpc.InternalCreateSIPParticipantRequest.$Properties {
	}

	class InternalCreateSIPParticipantRequest {
		constructor(properties?: rpc.InternalCreateSIPParticipantRequest.$Properties);
		$unknowns?: Uint8Array[];
		projectId: string;
		sipCallId: string;
		sipTrunkId: string;
		sipRequestUri?: (livekit.SIPRequestDest.$Properties|null);
		sipFromHeader?: (livekit.SIPNamedDest.$Properties|null);
		sipToHeader?: (livekit.SIPNamedDest.$Properties|null);
		toUserOverride: string;
		address: string;
		hostname: string;
		destinationCountry: string;
		transport: livekit.SIPTransport;
		number: string;
		callTo: string;
		username: string;
		password: string;
		roomName: string;
		participantIdentity: string;
		participantName: string;
		participantMetadata: string;
		participantAttributes: { [k: string]: string };
		token: string;
		wsUrl: string;
		dtmf: string;
		playDialtone: boolean;
		dialtone: livekit.SIPDialtone;
		headers: { [k: string]: string };
		headersToAttributes: { [k: string]: string };
		attributesToHeaders: { [k: string]: string };
		includeHeaders: livekit.SIPHeaderOptions;
		enabledFeatures: livekit.SIPFeature[];
		ringingTimeout?: (google.protobuf.Duration.$Properties|null);
		maxCallDuration?: (google.protobuf.Duration.$Properties|null);
		mediaEncryption: livekit.SIPMediaEncryption;
		media?: (livekit.SIPMediaConfig.$Properties|null);
		waitUntilAnswered: boolean;
		displayName?: (string|null);
		destination?: (livekit.Destination.$Properties|null);
		featureFlags: { [k: string]: string };
		observability?: (rpc.SIPCallObservability.$Properties|null);
		providerInfo?: (livekit.ProviderInfo.$Properties|null);
		static create(properties: rpc.InternalCreateSIPParticipantRequest.$Shape): rpc.InternalCreateSIPParticipantRequest & rpc.InternalCreateSIPParticipantRequest.$Shape;
		static create(properties?: rpc.InternalCreateSIPParticipantRequest.$Properties): rpc.InternalCreateSIPParticipantRequest;
		static encode(message: rpc.InternalCreateSIPParticipantRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.InternalCreateSIPParticipantRequest & rpc.InternalCreateSIPParticipantRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace InternalCreateSIPParticipantRequest {
		interface $Properties {
			projectId?: (string|null);
			sipCallId?: (string|null);
			sipTrunkId?: (string|null);
			sipRequestUri?: (livekit.SIPRequestDest.$Properties|null);
			sipFromHeader?: (livekit.SIPNamedDest.$Properties|null);
			sipToHeader?: (livekit.SIPNamedDest.$Properties|null);
			toUserOverride?: (string|null);
			address?: (string|null);
			hostname?: (string|null);
			destinationCountry?: (string|null);
			transport?: (livekit.SIPTransport|null);
			number?: (string|null);
			callTo?: (string|null);
			username?: (string|null);
			password?: (string|null);
			roomName?: (string|null);
			participantIdentity?: (string|null);
			participantName?: (string|null);
			participantMetadata?: (string|null);
			participantAttributes?: ({ [k: string]: string }|null);
			token?: (string|null);
			wsUrl?: (string|null);
			dtmf?: (string|null);
			playDialtone?: (boolean|null);
			dialtone?: (livekit.SIPDialtone|null);
			headers?: ({ [k: string]: string }|null);
			headersToAttributes?: ({ [k: string]: string }|null);
			attributesToHeaders?: ({ [k: string]: string }|null);
			includeHeaders?: (livekit.SIPHeaderOptions|null);
			enabledFeatures?: (livekit.SIPFeature[]|null);
			ringingTimeout?: (google.protobuf.Duration.$Properties|null);
			maxCallDuration?: (google.protobuf.Duration.$Properties|null);
			mediaEncryption?: (livekit.SIPMediaEncryption|null);
			media?: (livekit.SIPMediaConfig.$Properties|null);
			waitUntilAnswered?: (boolean|null);
			displayName?: (string|null);
			destination?: (livekit.Destination.$Properties|null);
			featureFlags?: ({ [k: string]: string }|null);
			observability?: (rpc.SIPCallObservability.$Properties|null);
			providerInfo?: (livekit.ProviderInfo.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  projectId?: string|null;
		  sipCallId?: string|null;
		  sipTrunkId?: string|null;
		  sipRequestUri?: livekit.SIPRequestDest.$Shape|null;
		  sipFromHeader?: livekit.SIPNamedDest.$Shape|null;
		  sipToHeader?: livekit.SIPNamedDest.$Shape|null;
		  toUserOverride?: string|null;
		  address?: string|null;
		  hostname?: string|null;
		  destinationCountry?: string|null;
		  transport?: livekit.SIPTransport|null;
		  number?: string|null;
		  callTo?: string|null;
		  username?: string|null;
		  password?: string|null;
		  roomName?: string|null;
		  participantIdentity?: string|null;
		  participantName?: string|null;
		  participantMetadata?: string|null;
		  participantAttributes?: { [k: string]: string }|null;
		  token?: string|null;
		  wsUrl?: string|null;
		  dtmf?: string|null;
		  playDialtone?: boolean|null;
		  dialtone?: livekit.SIPDialtone|null;
		  headers?: { [k: string]: string }|null;
		  headersToAttributes?: { [k: string]: string }|null;
		  attributesToHeaders?: { [k: string]: string }|null;
		  includeHeaders?: livekit.SIPHeaderOptions|null;
		  enabledFeatures?: livekit.SIPFeature[]|null;
		  ringingTimeout?: google.protobuf.Duration.$Shape|null;
		  maxCallDuration?: google.protobuf.Duration.$Shape|null;
		  mediaEncryption?: livekit.SIPMediaEncryption|null;
		  media?: livekit.SIPMediaConfig.$Shape|null;
		  waitUntilAnswered?: boolean|null;
		  displayName?: string|null;
		  destination?: livekit.Destination.$Shape|null;
		  featureFlags?: { [k: string]: string }|null;
		  observability?: rpc.SIPCallObservability.$Shape|null;
		  providerInfo?: livekit.ProviderInfo.$Shape|null;
		  $unknowns?: Uint8Array[];
		};
	}

	interface IInternalCreateSIPParticipantResponse extends rpc.InternalCreateSIPParticipantResponse.$Properties {
	}

	class InternalCreateSIPParticipantResponse {
		constructor(properties?: rpc.InternalCreateSIPParticipantResponse.$Properties);
		$unknowns?: Uint8Array[];
		participantId: string;
		participantIdentity: string;
		sipCallId: string;
		static create(properties: rpc.InternalCreateSIPParticipantResponse.$Shape): rpc.InternalCreateSIPParticipantResponse & rpc.InternalCreateSIPParticipantResponse.$Shape;
		static create(properties?: rpc.InternalCreateSIPParticipantResponse.$Properties): rpc.InternalCreateSIPParticipantResponse;
		static encode(message: rpc.InternalCreateSIPParticipantResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.InternalCreateSIPParticipantResponse & rpc.InternalCreateSIPParticipantResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace InternalCreateSIPParticipantResponse {
		interface $Properties {
			participantId?: (string|null);
			participantIdentity?: (string|null);
			sipCallId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.InternalCreateSIPParticipantResponse.$Properties;
	}

	interface IInternalTransferSIPParticipantRequest extends rpc.InternalTransferSIPParticipantRequest.$Properties {
	}

	class InternalTransferSIPParticipantRequest {
		constructor(properties?: rpc.InternalTransferSIPParticipantRequest.$Properties);
		$unknowns?: Uint8Array[];
		sipCallId: string;
		transferTo: string;
		playDialtone: boolean;
		dialtone: livekit.SIPDialtone;
		headers: { [k: string]: string };
		ringingTimeout?: (google.protobuf.Duration.$Properties|null);
		featureFlags: { [k: string]: string };
		static create(properties: rpc.InternalTransferSIPParticipantRequest.$Shape): rpc.InternalTransferSIPParticipantRequest & rpc.InternalTransferSIPParticipantRequest.$Shape;
		static create(properties?: rpc.InternalTransferSIPParticipantRequest.$Properties): rpc.InternalTransferSIPParticipantRequest;
		static encode(message: rpc.InternalTransferSIPParticipantRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.InternalTransferSIPParticipantRequest & rpc.InternalTransferSIPParticipantRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace InternalTransferSIPParticipantRequest {
		interface $Properties {
			sipCallId?: (string|null);
			transferTo?: (string|null);
			playDialtone?: (boolean|null);
			dialtone?: (livekit.SIPDialtone|null);
			headers?: ({ [k: string]: string }|null);
			ringingTimeout?: (google.protobuf.Duration.$Properties|null);
			featureFlags?: ({ [k: string]: string }|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.InternalTransferSIPParticipantRequest.$Properties;
	}

	interface IInternalTransferSIPParticipantResponse extends rpc.InternalTransferSIPParticipantResponse.$Properties {
	}

	class InternalTransferSIPParticipantResponse {
		constructor(properties?: rpc.InternalTransferSIPParticipantResponse.$Properties);
		$unknowns?: Uint8Array[];
		transferId: string;
		status: livekit.SIPTransferStatus;
		reason: livekit.SIPTransferReason;
		sipStatus?: (livekit.SIPStatus.$Properties|null);
		static create(properties: rpc.InternalTransferSIPParticipantResponse.$Shape): rpc.InternalTransferSIPParticipantResponse & rpc.InternalTransferSIPParticipantResponse.$Shape;
		static create(properties?: rpc.InternalTransferSIPParticipantResponse.$Properties): rpc.InternalTransferSIPParticipantResponse;
		static encode(message: rpc.InternalTransferSIPParticipantResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.InternalTransferSIPParticipantResponse & rpc.InternalTransferSIPParticipantResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace InternalTransferSIPParticipantResponse {
		interface $Properties {
			transferId?: (string|null);
			status?: (livekit.SIPTransferStatus|null);
			reason?: (livekit.SIPTransferReason|null);
			sipStatus?: (livekit.SIPStatus.$Properties|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.InternalTransferSIPParticipantResponse.$Properties;
	}

	interface IWHIPCreateRequest extends rpc.WHIPCreateRequest.$Properties {
	}

	class WHIPCreateRequest {
		constructor(properties?: rpc.WHIPCreateRequest.$Properties);
		$unknowns?: Uint8Array[];
		startSession?: (livekit.StartSession.$Properties|null);
		offerSdp: string;
		subscribedParticipantTracks: { [k: string]: rpc.WHIPCreateRequest.TrackList.$Properties };
		fromIngress: boolean;
		static create(properties: rpc.WHIPCreateRequest.$Shape): rpc.WHIPCreateRequest & rpc.WHIPCreateRequest.$Shape;
		static create(properties?: rpc.WHIPCreateRequest.$Properties): rpc.WHIPCreateRequest;
		static encode(message: rpc.WHIPCreateRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.WHIPCreateRequest & rpc.WHIPCreateRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WHIPCreateRequest {
		interface $Properties {
			startSession?: (livekit.StartSession.$Properties|null);
			offerSdp?: (string|null);
			subscribedParticipantTracks?: ({ [k: string]: rpc.WHIPCreateRequest.TrackList.$Properties }|null);
			fromIngress?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = {
		  startSession?: livekit.StartSession.$Shape|null;
		  offerSdp?: string|null;
		  subscribedParticipantTracks?: { [k: string]: rpc.WHIPCreateRequest.TrackList.$Shape }|null;
		  fromIngress?: boolean|null;
		  $unknowns?: Uint8Array[];
		};

		interface ITrackList extends rpc.WHIPCreateRequest.TrackList.$Properties {
		}

		class TrackList {
			constructor(properties?: rpc.WHIPCreateRequest.TrackList.$Properties);
			$unknowns?: Uint8Array[];
			trackNames: string[];
			static create(properties: rpc.WHIPCreateRequest.TrackList.$Shape): rpc.WHIPCreateRequest.TrackList & rpc.WHIPCreateRequest.TrackList.$Shape;
			static create(properties?: rpc.WHIPCreateRequest.TrackList.$Properties): rpc.WHIPCreateRequest.TrackList;
			static encode(message: rpc.WHIPCreateRequest.TrackList.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.WHIPCreateRequest.TrackList & rpc.WHIPCreateRequest.TrackList.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace TrackList {
			interface $Properties {
				trackNames?: (string[]|null);
				$unknowns?: Uint8Array[];
			}
			type $Shape = rpc.WHIPCreateRequest.TrackList.$Properties;
		}
	}

	interface IWHIPCreateResponse extends rpc.WHIPCreateResponse.$Properties {
	}

	class WHIPCreateResponse {
		constructor(properties?: rpc.WHIPCreateResponse.$Properties);
		$unknowns?: Uint8Array[];
		answerSdp: string;
		participantId: string;
		iceServers: livekit.ICEServer.$Properties[];
		iceSessionId: string;
		static create(properties: rpc.WHIPCreateResponse.$Shape): rpc.WHIPCreateResponse & rpc.WHIPCreateResponse.$Shape;
		static create(properties?: rpc.WHIPCreateResponse.$Properties): rpc.WHIPCreateResponse;
		static encode(message: rpc.WHIPCreateResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.WHIPCreateResponse & rpc.WHIPCreateResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WHIPCreateResponse {
		interface $Properties {
			answerSdp?: (string|null);
			participantId?: (string|null);
			iceServers?: (livekit.ICEServer.$Properties[]|null);
			iceSessionId?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.WHIPCreateResponse.$Properties;
	}

	interface IWHIPParticipantICETrickleRequest extends rpc.WHIPParticipantICETrickleRequest.$Properties {
	}

	class WHIPParticipantICETrickleRequest {
		constructor(properties?: rpc.WHIPParticipantICETrickleRequest.$Properties);
		$unknowns?: Uint8Array[];
		room: string;
		participantIdentity: string;
		participantId: string;
		iceSessionId: string;
		sdpFragment: string;
		static create(properties: rpc.WHIPParticipantICETrickleRequest.$Shape): rpc.WHIPParticipantICETrickleRequest & rpc.WHIPParticipantICETrickleRequest.$Shape;
		static create(properties?: rpc.WHIPParticipantICETrickleRequest.$Properties): rpc.WHIPParticipantICETrickleRequest;
		static encode(message: rpc.WHIPParticipantICETrickleRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.WHIPParticipantICETrickleRequest & rpc.WHIPParticipantICETrickleRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WHIPParticipantICETrickleRequest {
		interface $Properties {
			room?: (string|null);
			participantIdentity?: (string|null);
			participantId?: (string|null);
			iceSessionId?: (string|null);
			sdpFragment?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.WHIPParticipantICETrickleRequest.$Properties;
	}

	interface IWHIPParticipantICERestartRequest extends rpc.WHIPParticipantICERestartRequest.$Properties {
	}

	class WHIPParticipantICERestartRequest {
		constructor(properties?: rpc.WHIPParticipantICERestartRequest.$Properties);
		$unknowns?: Uint8Array[];
		room: string;
		participantIdentity: string;
		participantId: string;
		sdpFragment: string;
		static create(properties: rpc.WHIPParticipantICERestartRequest.$Shape): rpc.WHIPParticipantICERestartRequest & rpc.WHIPParticipantICERestartRequest.$Shape;
		static create(properties?: rpc.WHIPParticipantICERestartRequest.$Properties): rpc.WHIPParticipantICERestartRequest;
		static encode(message: rpc.WHIPParticipantICERestartRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.WHIPParticipantICERestartRequest & rpc.WHIPParticipantICERestartRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WHIPParticipantICERestartRequest {
		interface $Properties {
			room?: (string|null);
			participantIdentity?: (string|null);
			participantId?: (string|null);
			sdpFragment?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.WHIPParticipantICERestartRequest.$Properties;
	}

	interface IWHIPParticipantICERestartResponse extends rpc.WHIPParticipantICERestartResponse.$Properties {
	}

	class WHIPParticipantICERestartResponse {
		constructor(properties?: rpc.WHIPParticipantICERestartResponse.$Properties);
		$unknowns?: Uint8Array[];
		iceSessionId: string;
		sdpFragment: string;
		static create(properties: rpc.WHIPParticipantICERestartResponse.$Shape): rpc.WHIPParticipantICERestartResponse & rpc.WHIPParticipantICERestartResponse.$Shape;
		static create(properties?: rpc.WHIPParticipantICERestartResponse.$Properties): rpc.WHIPParticipantICERestartResponse;
		static encode(message: rpc.WHIPParticipantICERestartResponse.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.WHIPParticipantICERestartResponse & rpc.WHIPParticipantICERestartResponse.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WHIPParticipantICERestartResponse {
		interface $Properties {
			iceSessionId?: (string|null);
			sdpFragment?: (string|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.WHIPParticipantICERestartResponse.$Properties;
	}

	interface IWHIPParticipantDeleteSessionRequest extends rpc.WHIPParticipantDeleteSessionRequest.$Properties {
	}

	class WHIPParticipantDeleteSessionRequest {
		constructor(properties?: rpc.WHIPParticipantDeleteSessionRequest.$Properties);
		$unknowns?: Uint8Array[];
		room: string;
		participantIdentity: string;
		participantId: string;
		fromSweeper: boolean;
		static create(properties: rpc.WHIPParticipantDeleteSessionRequest.$Shape): rpc.WHIPParticipantDeleteSessionRequest & rpc.WHIPParticipantDeleteSessionRequest.$Shape;
		static create(properties?: rpc.WHIPParticipantDeleteSessionRequest.$Properties): rpc.WHIPParticipantDeleteSessionRequest;
		static encode(message: rpc.WHIPParticipantDeleteSessionRequest.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
		static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): rpc.WHIPParticipantDeleteSessionRequest & rpc.WHIPParticipantDeleteSessionRequest.$Shape;
		static getTypeUrl(prefix?: string): string;
	}

	namespace WHIPParticipantDeleteSessionRequest {
		interface $Properties {
			room?: (string|null);
			participantIdentity?: (string|null);
			participantId?: (string|null);
			fromSweeper?: (boolean|null);
			$unknowns?: Uint8Array[];
		}
		type $Shape = rpc.WHIPParticipantDeleteSessionRequest.$Properties;
	}
}

export namespace google {

	namespace protobuf {

		interface ITimestamp extends google.protobuf.Timestamp.$Properties {
		}

		class Timestamp {
			constructor(properties?: google.protobuf.Timestamp.$Properties);
			$unknowns?: Uint8Array[];
			seconds: number;
			nanos: number;
			static create(properties: google.protobuf.Timestamp.$Shape): google.protobuf.Timestamp & google.protobuf.Timestamp.$Shape;
			static create(properties?: google.protobuf.Timestamp.$Properties): google.protobuf.Timestamp;
			static encode(message: google.protobuf.Timestamp.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.protobuf.Timestamp & google.protobuf.Timestamp.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace Timestamp {
			interface $Properties {
				seconds?: (number|null);
				nanos?: (number|null);
				$unknowns?: Uint8Array[];
			}
			type $Shape = google.protobuf.Timestamp.$Properties;
		}

		interface IAny extends google.protobuf.Any.$Properties {
		}

		class Any {
			constructor(properties?: google.protobuf.Any.$Properties);
			$unknowns?: Uint8Array[];
			type_url: string;
			value: Uint8Array;
			static create(properties: google.protobuf.Any.$Shape): google.protobuf.Any & google.protobuf.Any.$Shape;
			static create(properties?: google.protobuf.Any.$Properties): google.protobuf.Any;
			static encode(message: google.protobuf.Any.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.protobuf.Any & google.protobuf.Any.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace Any {
			interface $Properties {
				type_url?: (string|null);
				value?: (Uint8Array|null);
				$unknowns?: Uint8Array[];
			}
			type $Shape = google.protobuf.Any.$Properties;
		}

		interface IDuration extends google.protobuf.Duration.$Properties {
		}

		class Duration {
			constructor(properties?: google.protobuf.Duration.$Properties);
			$unknowns?: Uint8Array[];
			seconds: number;
			nanos: number;
			static create(properties: google.protobuf.Duration.$Shape): google.protobuf.Duration & google.protobuf.Duration.$Shape;
			static create(properties?: google.protobuf.Duration.$Properties): google.protobuf.Duration;
			static encode(message: google.protobuf.Duration.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.protobuf.Duration & google.protobuf.Duration.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace Duration {
			interface $Properties {
				seconds?: (number|null);
				nanos?: (number|null);
				$unknowns?: Uint8Array[];
			}
			type $Shape = google.protobuf.Duration.$Properties;
		}

		interface IEmpty extends google.protobuf.Empty.$Properties {
		}

		class Empty {
			constructor(properties?: google.protobuf.Empty.$Properties);
			$unknowns?: Uint8Array[];
			static create(properties: google.protobuf.Empty.$Shape): google.protobuf.Empty & google.protobuf.Empty.$Shape;
			static create(properties?: google.protobuf.Empty.$Properties): google.protobuf.Empty;
			static encode(message: google.protobuf.Empty.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;
			static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): google.protobuf.Empty & google.protobuf.Empty.$Shape;
			static getTypeUrl(prefix?: string): string;
		}

		namespace Empty {
			interface $Properties {
				$unknowns?: Uint8Array[];
			}
			type $Shape = google.protobuf.Empty.$Properties;
		}
	}
}
