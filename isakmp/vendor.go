package isakmp

// VendorKind is a vendor ID that IOS knows.
type VendorKind int

// Vendor IDs.
const (
	VendorUnknown VendorKind = iota
	VendorNATT02
	VendorNATT03
	VendorNATT07
	VendorNATTRFC
	VendorUnity
	VendorDPD
	VendorIOS
	VendorXauth
)
