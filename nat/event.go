package nat

// Event is what NAT tells of: one of the structs of this file. Its words are a table
// of package ios/debugtext.
type Event any
