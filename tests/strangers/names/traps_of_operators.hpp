/// Every operator that need not be a member, for all that its operands can be. Included once for each namespace.

#define TRAPPED_OPERATOR(op)                                                                                           \
    template <class A, class B>                                                                                        \
    typename Called<A, B>::type operator op(A&&, B&&);
TRAPPED_OPERATOR(+)
TRAPPED_OPERATOR(-)
TRAPPED_OPERATOR(*)
TRAPPED_OPERATOR(/)
TRAPPED_OPERATOR(%)
TRAPPED_OPERATOR(&)
TRAPPED_OPERATOR(|)
TRAPPED_OPERATOR(^)
TRAPPED_OPERATOR(<<)
TRAPPED_OPERATOR(>>)
TRAPPED_OPERATOR(<)
TRAPPED_OPERATOR(<=)
TRAPPED_OPERATOR(>)
TRAPPED_OPERATOR(>=)
TRAPPED_OPERATOR(==)
TRAPPED_OPERATOR(!=)
TRAPPED_OPERATOR(<=>)
TRAPPED_OPERATOR(&&)
TRAPPED_OPERATOR(||)
TRAPPED_OPERATOR(+=)
TRAPPED_OPERATOR(-=)
TRAPPED_OPERATOR(*=)
TRAPPED_OPERATOR(->*)
#define COMMA ,
TRAPPED_OPERATOR(COMMA)
#define TRAPPED_PREFIX(op)                                                                                             \
    template <class A>                                                                                                 \
    typename Called<A>::type operator op(A&&);
TRAPPED_PREFIX(!)
TRAPPED_PREFIX(~)
TRAPPED_PREFIX(-)
TRAPPED_PREFIX(+)
TRAPPED_PREFIX(*)
TRAPPED_PREFIX(&)
TRAPPED_PREFIX(++)
TRAPPED_PREFIX(--)

#undef TRAPPED_OPERATOR
#undef TRAPPED_PREFIX
#undef COMMA
