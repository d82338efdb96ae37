package debugtext

// ReplayError: an ESP packet came twice, or too late. The record ends in an empty line.
func (t *Table) ReplayError(connID int, sequence uint32) Line {
	return syslog(4, "PKT_REPLAY_ERR", "decrypt: replay check failed\n\tconnection id=%d, sequence number=%d\n", connID, sequence)
}

// MACError: an ESP packet's authenticator was wrong.
func (t *Table) MACError(connID int) Line {
	return syslog(4, "RECVD_PKT_MAC_ERR", "decrypt: mac verify failed for connection id=%d", connID)
}
