package isakmp

// State is where a phase 1 SA stands, in IOS's names.
type State string

// Phase 1 states.
const (
	StateReady      State = "IKE_READY"
	StateIMM1       State = "IKE_I_MM1"
	StateIMM2       State = "IKE_I_MM2"
	StateIMM3       State = "IKE_I_MM3"
	StateIMM4       State = "IKE_I_MM4"
	StateIMM5       State = "IKE_I_MM5"
	StateIMM6       State = "IKE_I_MM6"
	StateRMM1       State = "IKE_R_MM1"
	StateRMM2       State = "IKE_R_MM2"
	StateRMM3       State = "IKE_R_MM3"
	StateRMM4       State = "IKE_R_MM4"
	StateRMM5       State = "IKE_R_MM5"
	StateP1Complete State = "IKE_P1_COMPLETE"
	StateDestroyed  State = "IKE_DEST_SA"
)

// NodeState is where a quick mode stands.
type NodeState string

// Quick mode states.
const (
	NodeReady     NodeState = "IKE_QM_READY"
	NodeIQM1      NodeState = "IKE_QM_I_QM1"
	NodeSPIStarve NodeState = "IKE_QM_SPI_STARVE"
	NodeRQM2      NodeState = "IKE_QM_R_QM2"
	NodeComplete  NodeState = "IKE_QM_PHASE2_COMPLETE"
)

// Label is the older, coarser state that packets and `show crypto isakmp sa`
// are labelled with.
type Label string

// Labels.
const (
	LabelNewSA   Label = "NEW SA" // no SA yet
	LabelNoState Label = "MM_NO_STATE"
	LabelSASetup Label = "MM_SA_SETUP"
	LabelKeyExch Label = "MM_KEY_EXCH"
	LabelQMIdle  Label = "QM_IDLE"
)

// InputClass is what kind of input set a state machine going.
type InputClass string

// Classes of input.
const (
	FromPeer  InputClass = "IKE_MESG_FROM_PEER"
	FromIPsec InputClass = "IKE_MESG_FROM_IPSEC"
	FromTimer InputClass = "IKE_MESG_FROM_TIMER"
	Internal  InputClass = "IKE_MESG_INTERNAL"
)

// Input is what set a state machine going.
type Input string

// Inputs.
const (
	InputSAReqMM         Input = "IKE_SA_REQ_MM"
	InputMMExch          Input = "IKE_MM_EXCH"
	InputProcessMainMode Input = "IKE_PROCESS_MAIN_MODE"
	InputProcessComplete Input = "IKE_PROCESS_COMPLETE"
	InputProcessError    Input = "IKE_PROCESS_ERROR"
	InputPhase1Complete  Input = "IKE_PHASE1_COMPLETE"
	InputPhase1Del       Input = "IKE_PHASE1_DEL"
	InputPhase2Del       Input = "IKE_PHASE2_DEL"
	InputInfoNotify      Input = "IKE_INFO_NOTIFY"
	InputKeepAlive       Input = "IKE_MESG_KEEP_ALIVE"
	InputImAlive         Input = "IKE_TIMER_IM_ALIVE"
	InputPeersAlive      Input = "IKE_TIMER_PEERS_ALIVE"
	InputInitQM          Input = "IKE_INIT_QM"
	InputQMExch          Input = "IKE_QM_EXCH"
	InputSPIReply        Input = "IKE_SPI_REPLY"
)
