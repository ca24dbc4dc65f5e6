/interface bridge
add name=bridge-lan
/ip pool
add name=lan ranges=10.20.1.100-10.20.1.249
/ip dhcp-server
add address-pool=lan disabled=no interface=bridge-lan lease-time=1h name=lan
/interface bridge port
add bridge=bridge-lan interface=ether2
/ip address
add address=10.254.0.10/30 interface=ether1 network=10.254.0.8
add address=10.20.1.1/24 interface=bridge-lan network=10.20.1.0
add address=10.99.0.22/24 interface=ether5 network=10.99.0.0
/ip dhcp-server network
add address=10.20.1.0/24 dns-server=10.20.1.1 gateway=10.20.1.1
/ip dns
set servers=10.255.0.1
/ip firewall filter
add action=accept chain=input connection-state=established,related
add action=accept chain=input dst-port=22 protocol=tcp src-address=10.99.0.0/24
add action=drop chain=input
/ip route
add distance=1 gateway=10.254.0.9
/ppp secret
add name=cadangan password=rahasia-ppp service=l2tp
/snmp community
set [ find default=yes ] addresses=10.99.0.0/24 name=kominfo
/system clock
set time-zone-name=Asia/Jakarta
/system identity
set name=rt-disdik
/system ntp client
set enabled=yes primary-ntp=198.51.100.123
