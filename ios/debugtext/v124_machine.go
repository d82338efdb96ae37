package debugtext

import (
	"github.com/ioslab/ioslab/isakmp"
	"github.com/ioslab/ioslab/isakmp/wire"
)

var payload124 = map[uint8]string{
	wire.SAPayload:    "SA",
	wire.ProposalType: "PROPOSAL",
	wire.TransfType:   "TRANSFORM",
	wire.KeyExchange:  "KE",
	wire.Identify:     "ID",
	wire.Certificate:  "CERT",
	wire.CertRequest:  "CERT_REQ",
	wire.HashPayload:  "HASH",
	wire.Signature:    "SIG",
	wire.Nonce:        "NONCE",
	wire.Notification: "NOTIFY",
	wire.DeletePay:    "DELETE",
	wire.VendorID:     "VENDOR",
}

func payloadName(kind uint8) string {
	if s, ok := payload124[kind]; ok {
		return s
	}
	return "UNKNOWN"
}

// machine124: packets, states, retransmissions.
func machine124(e isakmp.Event) []Line {
	switch e := e.(type) {
	case isakmp.Received:
		return packet(e.SA, "received packet from %s dport %d sport %d Global (%c) %s",
			e.SA.Remote.Addr(), e.SA.Local.Port(), e.SA.Remote.Port(), e.SA.Role, label(e.SA.Label))
	case isakmp.Sending:
		return general(e.SA, " sending packet to %s my_port %d peer_port %d (%c) %s",
			e.SA.Remote.Addr(), e.SA.Local.Port(), e.SA.Remote.Port(), e.SA.Role, label(e.SA.Label))
	case isakmp.Transition:
		return append(general(e.SA, "Input = %s, %s", e.Class, e.Input),
			general(e.SA, "Old State = %s  New State = %s \n", e.Old, e.New)...)
	case isakmp.NodeTransition:
		return append(general(e.SA, "Node %d, Input = %s, %s", messageID(e.Node), e.Class, e.Input),
			general(e.SA, "Old State = %s  New State = %s", e.Old, e.New)...)
	case isakmp.UnknownInput:
		if e.Node != 0 {
			return packet(e.SA, "Unknown Input %s, %s:  for node %d: state = %s", e.Class, e.Input, messageID(e.Node), e.State)
		}
		return packet(e.SA, "Unknown Input %s, %s:  state = %s", e.Class, e.Input, e.State)
	case isakmp.Processing:
		if e.Payload == wire.VendorID {
			return general(e.SA, " processing vendor id payload")
		}
		return general(e.SA, " processing %s payload. message ID = %d", payloadName(e.Payload), messageID(e.Message))
	case isakmp.ReservedNotZero:
		return bare("ISAKMP: reserved not zero on %s payload!", payloadName(e.Payload))
	case isakmp.Malformed:
		return general(e.SA, " malformed payload")
	case isakmp.FSMError:
		return packet(e.SA, "FSM action returned error: %d", e.Code)
	}
	return retransmission124(e)
}

func retransmission124(e isakmp.Event) []Line {
	switch e := e.(type) {
	case isakmp.Duplicate:
		return general(e.SA, " phase %d packet is a duplicate of a previous packet.", e.Phase)
	case isakmp.RetransmitDue:
		return general(e.SA, " retransmitting due to retransmit phase %d", e.Phase)
	case isakmp.RetransmitSkipped:
		return general(e.SA, " retransmission skipped for phase %d (time since last transmission %d)", e.Phase, e.SinceMS)
	case isakmp.RetransmitTimer:
		if e.Phase == 2 {
			return general(e.SA, " retransmitting phase 2 %s %d ...", label(e.SA.Label), messageID(e.Node))
		}
		return general(e.SA, " retransmitting phase 1 %s...", label(e.SA.Label))
	case isakmp.Retransmitting:
		if e.Phase == 2 {
			return general(e.SA, " retransmitting phase 2 %d %s", messageID(e.Node), label(e.SA.Label))
		}
		return general(e.SA, " retransmitting phase 1 %s", label(e.SA.Label))
	case isakmp.ErrorCount:
		what := "sa"
		if e.OnNode {
			what = "node"
		}
		return packet(e.SA, "incrementing error counter on %s, attempt %d of %d: %s", what, e.Attempt, e.Of, e.Reason)
	}
	return nil
}
