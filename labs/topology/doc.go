// Package topology reads lab files: containerlab topologies (NAME.clab.yml),
// the startup-configs that they name, and the few labels and link variables
// that are ours.
//
// Every key is one that containerlab knows; what we do not need of them is
// passed over, and a key that neither knows is an error. An error says the file,
// the line, what is wrong and what would be right.
package topology
