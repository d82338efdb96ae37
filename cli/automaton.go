package cli

// Glushkov's construction: each token of a grammar string is a state, and for
// each we compute which tokens may come next and whether the line may end
// there. The { } add bits to the edges that lead into their parts.

// fragment is a part of an automaton under construction.
type fragment struct {
	first    []edge
	last     []int
	nullable bool
}

type builder struct {
	follow [][]edge
	bits   int
}

// form turns the syntax into an automaton, with an optional keyword before it.
func (s *syntax) form(cmd *Command, kind formKind, prefix *token) *form {
	tokens, tree := s.tokens, s.tree
	if prefix != nil {
		// The prefix comes last in the list of tokens so that the
		// numbers in the tree stay valid.
		tokens = append(append([]token(nil), s.tokens...), *prefix)
		tree = &node{op: 's', kids: []*node{{op: 't', tok: len(s.tokens)}, s.tree}}
	}
	b := &builder{follow: make([][]edge, len(tokens))}
	whole := b.build(tree)
	f := &form{cmd: cmd, kind: kind, tokens: tokens, first: whole.first, follow: b.follow, last: make([]bool, len(tokens))}
	for _, i := range whole.last {
		f.last[i] = true
	}
	f.pipe = kind == formSet && (s.tokens[0].text == "show" || s.tokens[0].text == "more")
	return f
}

func (b *builder) build(n *node) fragment {
	switch n.op {
	case 't':
		return fragment{first: []edge{{to: n.tok}}, last: []int{n.tok}}
	case 's':
		whole := fragment{nullable: true}
		for _, k := range n.kids {
			whole = b.concat(whole, b.build(k))
		}
		return whole
	case '{':
		return b.anyOrder(n.kids)
	}
	var whole fragment
	for _, k := range n.kids {
		part := b.build(k)
		whole.first = append(whole.first, part.first...)
		whole.last = append(whole.last, part.last...)
		whole.nullable = whole.nullable || part.nullable
	}
	if n.op == '[' {
		whole.nullable = true
	}
	return whole
}

func (b *builder) concat(x, y fragment) fragment {
	for _, l := range x.last {
		b.follow[l] = append(b.follow[l], y.first...)
	}
	whole := fragment{first: x.first, last: y.last, nullable: x.nullable && y.nullable}
	if x.nullable {
		whole.first = append(append([]edge(nil), x.first...), y.first...)
	}
	if y.nullable {
		whole.last = append(append([]int(nil), x.last...), y.last...)
	}
	return whole
}

func (b *builder) anyOrder(kids []*node) fragment {
	whole := fragment{nullable: true}
	for _, k := range kids {
		part := b.build(k)
		bit := uint64(1) << b.bits
		b.bits++
		for _, e := range part.first {
			whole.first = append(whole.first, edge{e.to, e.mask | bit})
		}
		whole.last = append(whole.last, part.last...)
	}
	for _, l := range whole.last {
		b.follow[l] = append(b.follow[l], whole.first...)
	}
	return whole
}
