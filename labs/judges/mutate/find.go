package main

import (
	"cmp"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"
	"strings"
)

// find lists the changes that can be made in a file, in the order of the source.
// Not all of them compile.
func find(fset *token.FileSet, file *ast.File, name, source string, info *types.Info) []*mutant {
	f := &finder{fset: fset, name: name, source: source, info: info, idle: map[*ast.BasicLit]bool{}}
	for _, decl := range file.Decls {
		f.function = nameOf(decl)
		ast.Inspect(decl, f.visit)
	}
	slices.SortStableFunc(f.found, func(a, b *mutant) int { return cmp.Compare(a.start, b.start) })
	return f.found
}

// nameOf names a function or method, and is "" for other declarations.
func nameOf(decl ast.Decl) string {
	fn, ok := decl.(*ast.FuncDecl)
	if !ok {
		return ""
	}
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return fn.Name.Name
	}
	receiver := fn.Recv.List[0].Type
	for {
		switch t := receiver.(type) {
		case *ast.StarExpr:
			receiver = t.X
		case *ast.IndexExpr:
			receiver = t.X
		case *ast.Ident:
			return t.Name + "." + fn.Name.Name
		default:
			return fn.Name.Name
		}
	}
}

// finder gathers the mutants of one file.
type finder struct {
	fset     *token.FileSet
	name     string
	function string
	source   string
	info     *types.Info
	found    []*mutant
	idle     map[*ast.BasicLit]bool // literals that no caller looks at
}

func (f *finder) offset(p token.Pos) int { return f.fset.Position(p).Offset }

func (f *finder) textOf(n ast.Node) string { return f.source[f.offset(n.Pos()):f.offset(n.End())] }

// replace adds the change of a node's text.
func (f *finder) replace(k kind, n ast.Node, text string) { f.add(k, n.Pos(), n.End(), text) }

func (f *finder) add(k kind, from, to token.Pos, text string) {
	m := &mutant{file: f.name, function: f.function, kind: k, start: f.offset(from), end: f.offset(to), text: text}
	m.describe(f.source)
	f.found = append(f.found, m)
}

func (f *finder) visit(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.ImportSpec:
		return false
	case *ast.IfStmt:
		f.condition(n.Cond)
	case *ast.SwitchStmt:
		if n.Tag == nil {
			for _, clause := range n.Body.List {
				for _, e := range clause.(*ast.CaseClause).List {
					f.condition(e)
				}
			}
		}
	case *ast.BinaryExpr:
		f.binary(n)
	case *ast.UnaryExpr:
		if n.Op == token.NOT {
			f.replace(negated, n, f.textOf(n.X))
		}
	case *ast.BasicLit:
		f.literal(n)
	case *ast.Ident:
		f.truth(n)
	case *ast.ReturnStmt:
		f.results(n)
	case *ast.AssignStmt:
		if op, ok := swapped[withoutAssign[n.Tok]]; ok {
			f.add(operator, n.TokPos, n.TokPos+token.Pos(len(n.Tok.String())), op.String()+"=")
		}
	case *ast.IncDecStmt:
		other := map[token.Token]string{token.INC: "--", token.DEC: "++"}[n.Tok]
		f.add(operator, n.TokPos, n.TokPos+2, other)
	case *ast.BlockStmt:
		f.statements(n.List)
	case *ast.CaseClause:
		f.statements(n.Body)
	case *ast.CommClause:
		f.statements(n.Body)
	}
	return true
}

// condition negates a condition, but not a comparison or a negation, which have
// their own opposites.
func (f *finder) condition(e ast.Expr) {
	switch c := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		if _, ok := opposite[c.Op]; ok {
			return
		}
	case *ast.UnaryExpr:
		if c.Op == token.NOT {
			return
		}
	case *ast.Ident:
		if f.isBoolean(c) {
			return
		}
	}
	f.replace(negated, e, "!("+f.textOf(e)+")")
}

var (
	opposite = map[token.Token]token.Token{
		token.EQL: token.NEQ, token.NEQ: token.EQL,
		token.LSS: token.GEQ, token.GEQ: token.LSS,
		token.GTR: token.LEQ, token.LEQ: token.GTR,
	}
	moved = map[token.Token]token.Token{
		token.LSS: token.LEQ, token.LEQ: token.LSS,
		token.GTR: token.GEQ, token.GEQ: token.GTR,
	}
	swapped = map[token.Token]token.Token{
		token.ADD: token.SUB, token.SUB: token.ADD,
		token.MUL: token.QUO, token.QUO: token.MUL, token.REM: token.MUL,
		token.AND: token.OR, token.OR: token.AND, token.XOR: token.AND, token.AND_NOT: token.AND,
		token.SHL: token.SHR, token.SHR: token.SHL,
		token.LAND: token.LOR, token.LOR: token.LAND,
	}
	withoutAssign = map[token.Token]token.Token{
		token.ADD_ASSIGN: token.ADD, token.SUB_ASSIGN: token.SUB,
		token.MUL_ASSIGN: token.MUL, token.QUO_ASSIGN: token.QUO, token.REM_ASSIGN: token.REM,
		token.AND_ASSIGN: token.AND, token.OR_ASSIGN: token.OR, token.XOR_ASSIGN: token.XOR, token.AND_NOT_ASSIGN: token.AND_NOT,
		token.SHL_ASSIGN: token.SHL, token.SHR_ASSIGN: token.SHR,
	}
)

func (f *finder) binary(e *ast.BinaryExpr) {
	with := func(k kind, op token.Token) {
		f.add(k, e.OpPos, e.OpPos+token.Pos(len(e.Op.String())), op.String())
	}
	if op, ok := opposite[e.Op]; ok {
		with(negated, op)
	}
	if op, ok := moved[e.Op]; ok {
		with(boundary, op)
	}
	if op, ok := swapped[e.Op]; ok {
		with(operator, op)
	}
	if e.Op == token.LAND || e.Op == token.LOR {
		f.replace(relaxed, e, f.textOf(e.X))
		f.replace(relaxed, e, f.textOf(e.Y))
	}
}

// literal moves a number by one, both ways.
func (f *finder) literal(l *ast.BasicLit) {
	if l.Kind != token.INT || f.idle[l] {
		return
	}
	v, err := strconv.ParseUint(l.Value, 0, 63)
	if err != nil {
		return
	}
	format := func(v uint64) string {
		if strings.HasPrefix(l.Value, "0x") {
			return "0x" + strconv.FormatUint(v, 16)
		}
		return strconv.FormatUint(v, 10)
	}
	f.replace(constant, l, format(v+1))
	if v > 0 {
		f.replace(constant, l, format(v-1))
	}
}

// isBoolean reports whether an identifier is the language's true or false.
func (f *finder) isBoolean(id *ast.Ident) bool {
	obj := f.info.Uses[id]
	return obj != nil && obj.Parent() == types.Universe && (id.Name == "true" || id.Name == "false")
}

func (f *finder) truth(id *ast.Ident) {
	if f.isBoolean(id) {
		f.replace(constant, id, strconv.FormatBool(id.Name == "false"))
	}
}

// results drops the errors that a statement returns. What it returns beside an
// error, or before a false that ends it, is not looked at, so a literal there is
// left as it is.
func (f *finder) results(r *ast.ReturnStmt) {
	failed := len(r.Results) > 1 && f.isFalse(r.Results[len(r.Results)-1])
	for _, e := range r.Results {
		if f.isError(e) {
			failed = true
			f.replace(dropped, e, "nil")
		}
	}
	if !failed {
		return
	}
	for _, e := range r.Results {
		if l, ok := e.(*ast.BasicLit); ok {
			f.idle[l] = true
		}
	}
}

// isFalse reports whether an expression is the language's false.
func (f *finder) isFalse(e ast.Expr) bool {
	id, ok := e.(*ast.Ident)
	return ok && id.Name == "false" && f.isBoolean(id)
}

// isError reports whether an expression is an error, other than nil.
func (f *finder) isError(e ast.Expr) bool {
	t := f.info.TypeOf(e)
	if t == nil || f.info.Types[e].IsNil() {
		return false
	}
	if _, several := t.(*types.Tuple); several {
		return false
	}
	return types.Implements(t, types.Universe.Lookup("error").Type().Underlying().(*types.Interface))
}

// statements removes each statement that something may still compile without.
func (f *finder) statements(list []ast.Stmt) {
	for _, s := range list {
		switch s := s.(type) {
		case *ast.AssignStmt:
			if s.Tok == token.DEFINE || isBlank(s.Lhs) {
				continue
			}
		case *ast.ExprStmt, *ast.IncDecStmt, *ast.SendStmt, *ast.DeferStmt, *ast.GoStmt, *ast.ReturnStmt, *ast.BranchStmt:
		default:
			continue
		}
		f.replace(removed, s, "")
	}
}

// isBlank reports whether an assignment assigns to nothing.
func isBlank(left []ast.Expr) bool {
	return !slices.ContainsFunc(left, func(e ast.Expr) bool {
		id, ok := e.(*ast.Ident)
		return !ok || id.Name != "_"
	})
}
